; Footsteps: heel and toe, two strokes of a tenth of a second and more apart, on whatever lies below (Farnell, "Designing
; Sound" (2010), chapter 36, "Footsteps": the contact forces of heel and ball drive grains of the ground's texture).
; p6 weight, p7 roughness of the ground

; The two forces of a step: the heel's is short, the toe's softer and longer.
opcode Tread, a, i
  iWeight xin
  iGap = .07 + .06 * iWeight
  aHeel linseg 0, .006, 1, .05, .25, .06, 0
  aToe linseg 0, iGap, 0, .03, .75, .09, .15, .1, 0
  xout aHeel + aToe
endop

instr StepGravel
  aForce Tread p6
  kForce downsamp aForce
  aCoarse = Grains(250 + 1100 * kForce, 1500 - 500 * p6, 2.5)
  aFine = Grains(500 + 2500 * kForce, 4200, 2)
  aOut = (aCoarse * (.6 + .6 * p7) + aFine * .5) * aForce + Burst(.05, 220) * .5 * p6
  Place Close(aOut, .03), p4, p5
endin

; Snow is pressed: a slow crunch of many small breaks, each lower than gravel's, and a creak.
instr StepSnow
  aForce linseg 0, .05, .7, .09, 1, .12, .5, .1, 0
  aGate randh 1, 240 + 160 * p7, random:i(0, 1), 1
  aPress = Band(350, 2300) * (.25 + .75 * abs(aGate)) * aForce
  kCreak expseg 150, .3, 380, 1, 380
  aStick mpulse 1, 1 / kCreak
  aCreak reson aStick, 1250 + 300 * p7, 180, 2
  aOut = aPress * .8 + Burst(.08, 200) * p6 * .7 + aCreak * 3 * aForce * aForce * (.4 + .8 * p7) + Grains(k(500), 900, 2) * aForce * .35
  Place Close(aOut, .04), p4, p5
endin

; Grass: soft, a rustle above 2 kHz and a dull heel.
instr StepGrass
  aForce linseg 0, .03, .8, .07, .3, .05, .7, .16, 0
  aGate randi .5, 60 + 60 * p7, random:i(0, 1), 1
  aRustle = Band(1500, 7500) * aForce * (.5 + aGate)
  aHeel poscil Decay(.08), 72
  Place Close(aRustle * .45 + (aHeel * .35 + Burst(.04, 240) * .5) * (.3 + p6) + Grains(k(300), 5000, 2) * aForce * .25 * p7, .04), p4, p5
endin

; Boards: a knock and the floor's body below it.
instr StepWood
  iHertz = 170 - 70 * p6
  aHeel Modes iHertz, giPlank, .13 + .1 * p6, .6, .45
  aClick = Burst(.006, 1200 + 8000 * p7)
  aBoth = aHeel * .6 + aClick * (.2 + 1.1 * p7) + reson(Burst(.02, 1500), iHertz * 2.6, 60, 2) * .4
  aToe vdelay aBoth, 90 + 40 * p6, 300
  Place Close(aBoth + aToe * .45, .03), p4, p5
endin

; Stone floor, tiles, asphalt: hard soles click, grit scrapes.
instr StepStone
  aForce Tread p6
  aHeel = Burst(.005, 6500) + Modes(640, giBox, .025, .3, .6) * .25 + Burst(.03, 350) * p6
  aToe vdelay aHeel, 105, 300
  Place Close(aHeel + aToe * .4 + Grains(k(900), 5200, 2) * aForce * .09 * p7, .02), p4, p5
endin

; A metal grating or stairs.
instr StepMetal
  iHertz = 330 - 150 * p6
  aHeel = Modes(iHertz, giPlate, .35 + .5 * p7, .5, .75) * .3 + Burst(.006, 8000) * .6 + Burst(.03, 300) * p6
  aToe vdelay aHeel, 110, 300
  Place Close(aHeel + aToe * .4, .04), p4, p5
endin

; Dry leaves: loud cracklings far apart.
instr StepLeaves
  aForce linseg 0, .02, .9, .08, .35, .04, .8, .2, 0
  kForce downsamp aForce
  aCrackle = Grains(80 + 420 * kForce * (.6 + p7), 3100, 2) + Grains(60 + 300 * kForce, 6200, 2)
  Place Close((aCrackle * .8 + Band(2500, 8000) * .16) * aForce + Burst(.05, 240) * p6 * .4, .04), p4, p5
endin

; Through a puddle.
instr StepWater
  aForce linseg 0, .015, 1, .12, .35, .22, 0
  aSplash = Band(700, 6500) * aForce * (.5 + .5 * randi:a(1, 70, random:i(0, 1), 1))
  iDone = 0
  while iDone < 5 + 8 * p7 do
    Sow "Drop", random:i(.05, .35), .12, p4 + random:i(-.12, .12), p4, random:i(.1, .6), random:i(.3, 1), 0
    iDone += 1
  od
  Place Close(aSplash * .6 + Burst(.06, 350) * (.3 + p6), .04), p4, p5
endin

; A hoof: hollow and hard.
instr Hoof
  iHertz = (620 - 240 * p6) * random:i(.92, 1.08)
  aHoof Modes iHertz, giBox, .05 + .03 * p6, .6, .5
  Place Close(aHoof * .7 + Burst(.006, 4500) * .5 + Burst(.04, 260) * p6 * .8 + Grains(k(700), 3500, 2) * Decay(.06) * p7 * .3, .02), p4, p5
endin
