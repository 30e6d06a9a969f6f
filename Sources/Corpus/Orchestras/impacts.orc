; Things that are struck and broken. Modal synthesis throughout: struck partials and the noise of the stroke; what breaks is
; many small strokes at chance times (Farnell, "Designing Sound" (2010), chapters on bells, glass and rolling).

; p6 size, p7 hardness, p8 hollowness
instr HitWood
  iHertz = 1100 * .09 ^ p6 * random:i(.9, 1.1)
  iRing = .06 + .14 * p6 + .22 * p8
  aWood Modes iHertz, (p8 > .5 ? giBox : giPlank), iRing, .7, .35 + .5 * p7
  aHollow reson Burst(.03, 3000), iHertz * .62, iHertz * .06, 2
  aOut = aWood * .5 + Burst(.008 + .02 * (1 - p7), 900 + 6000 * p7) * (.25 + .4 * p7) + aHollow * p8 * .6
  Place Close(aOut, .02), p4, p5
endin

; p6 size, p7 hardness, p8 ring
instr HitMetal
  iHertz = 1500 * .1 ^ p6 * random:i(.85, 1.15)
  iTable = (random:i(0, 1) < .5 ? giPlate : giSteel)
  aMetal Modes iHertz, iTable, .25 + 2.6 * p8 * p8 + .6 * p8, .35, .55 + .45 * p7
  aOut = aMetal * .4 + Burst(.006, 3000 + 9000 * p7) * (.3 + .5 * p7)
  Place Close(aOut, .05), p4, p5
endin

; p6 size, p7 ring
instr HitGlass
  iHertz = 3600 * .22 ^ p6 * random:i(.9, 1.1)
  aGlass Modes iHertz, giGlass, .12 + 1.3 * p7, .5, .7
  aTwin Modes iHertz * 1.006, giGlass, .12 + 1.1 * p7, .5, .5
  Place Close(aGlass * .5 + aTwin * .3 + Burst(.003, 14000) * .4, .03), p4, p5
endin

; p6 size, p7 hardness
instr HitStone
  iHertz = 2200 * .12 ^ p6 * random:i(.85, 1.15)
  aStone Modes iHertz, giBox, .03 + .07 * p6, .3, .8
  aGrit = Grains(k(900), iHertz * 2.2, 4) * Decay(.05 + .1 * p6) * .5
  aThump poscil Decay(.07), 55 + 60 * (1 - p6)
  aOut = aStone * .4 + Burst(.012 + .03 * p6, 2500 + 7000 * p7) * .8 + aGrit + aThump * p6 * .8
  Place Close(aOut, .01), p4, p5
endin

; p6 size, p7 hollowness
instr HitPlastic
  iHertz = 900 * .2 ^ p6 * random:i(.9, 1.1)
  aBox Modes iHertz, giBox, .05 + .08 * p7, .9, .45
  aHollow reson Burst(.02, 5000), iHertz * 1.5, iHertz * .25, 2
  Place Close(aBox * .5 + aHollow * (.3 + p7) + Burst(.006, 5000) * .5, .01), p4, p5
endin

; p6 weight: something soft and heavy falls
instr Thud
  aDrop poscil Decay(.12 + .18 * p6), expseg:k(150 - 60 * p6, .06, 62 - 20 * p6, 1, 58 - 20 * p6)
  aCloth = Band(200, 1800 - 900 * p6) * Decay(.09) * .35
  Place Close(aDrop + Burst(.05, 300) * 1.2 + aCloth, .03), p4, p5
endin

; p6 weight, p7 wetness
instr Punch
  aSmack = Band(900, 5200) * Decay(.03 + .03 * p7)
  aBody poscil Decay(.1 + .08 * p6), expseg:k(240, .04, 75 - 25 * p6, 1, 70 - 25 * p6)
  aWet = Grains(k(260), 1100, 3) * Decay(.14) * p7 * .5
  Place Close(aSmack * .8 + aBody + aWet + Burst(.02, 700), .02), p4, p5
endin

; A shard of glass: p6 hertz, p7 seconds
instr Shard
  aShard Modes p6, giGlass, p7, .3, .8
  Place Close(aShard * .14 + Burst(.002, 15000) * .06, .005), p4, p5
endin

; p6 size, p7 pieces
instr BreakGlass
  aCrack = Band(1800, 14000) * Decay(.09 + .1 * p6)
  aPane Modes 900 * .5 ^ p6, giPlate, .12, .2, .9
  Place Close(aCrack * .8 + aPane * .25 + Burst(.05, 900) * p6, .02), p4, p5
  iCount = 14 + 34 * p7
  iDone = 0
  while iDone < iCount do
    ; Most fall at once, some later.
    iWhen = .02 + (p3 * .75) * random:i(0, 1) ^ 2.4
    iRing = random:i(.04, .3)
    Sow "Shard", iWhen, iRing, random:i(.15, .85), random:i(.2, .8), random:i(1900, 7600), iRing, 0
    iDone += 1
  od
endin

; A small stone: p6 size
instr Pebble
  aStone Modes 2600 * .25 ^ p6 * random:i(.8, 1.2), giBox, .025, .3, .7
  Place Close(aStone * .2 + Burst(.008, 6000 - 3500 * p6) * .5, .005), p4, p5
endin

; p6 size, p7 length of the slide
instr RockSlide
  aRumble = Band(35, 260) * linseg:a(0, .05, 1, p3 * .5, .8, p3 * .45, 0)
  Place aRumble * (.4 + 1.2 * p6), .5, .5
  iCount = 30 + 60 * p7
  iDone = 0
  while iDone < iCount do
    iSize = p6 * random:i(.3, 1)
    Sow "Pebble", p3 * .9 * random:i(0, 1) ^ 1.5, .09, random:i(.2, .8), .5, iSize, 0, 0
    iDone += 1
  od
endin

; p6 size: a plank gives way, with cracks that come closer
instr BreakWood
  iDone = 0
  iCount = 5 + 9 * p6
  while iDone < iCount do
    iWhen = .22 * (iDone / iCount) ^ .6 * random:i(.8, 1)
    Sow "HitWood", iWhen, .14, p4 + random:i(-.1, .1), p4, .2 + .5 * p6 * random:i(0, 1), .95, 0
    iDone += 1
  od
  aSplit = Grains(k(700), 2400, 3) * linseg:a(.2, .2, 1, .02, 1, .15, .1, .3, 0)
  aCrack = Band(700, 9000) * linseg:a(0, .2, 0, .002, 1, .06, .12, .25, 0)
  Place Close(aSplit * .6 + aCrack, .03), p4, p5
endin

; p6 size, p7 pieces: sheets of metal fall on each other
instr MetalCrash
  iDone = 0
  iCount = 5 + 8 * p7
  while iDone < iCount do
    iWhen = p3 * .45 * random:i(0, 1) ^ 1.8
    Sow "HitMetal", iWhen, .9, random:i(.25, .75), .5, random:i(.1, .3) + .6 * p6, .9, random:i(.15, .45)
    iDone += 1
  od
  aCrash = Band(900, 11000) * Decay(.5) * .5
  Place Close(aCrash + Burst(.12, 500) * p6, .05), p4, p5
endin

; p6 size, p7 ring: bells from a hand bell to a tower's
instr Bell
  iHertz = 1500 * .1 ^ p6
  aBell Modes iHertz, giChurch, (.9 + 5 * p6) * (.4 + .8 * p7), .55, .75
  aTwin Modes iHertz * 1.0025, giChurch, (.9 + 5 * p6) * (.4 + .8 * p7), .55, .6
  Place Close(aBell * .4 + aTwin * .3 + Burst(.01, 6000) * .3, .15), p4, p5
endin

; p6 size, p7 hardness: the upper partials bloom after the stroke (Risset 1969)
instr Gong
  iHertz = 160 * .4 ^ p6
  aLow Modes iHertz, giPlate, 3 + 3 * p6, .5, .7
  aHigh Modes iHertz * 3.1, giPlate, 1.6 + 1.5 * p6, .2, .9
  aBloom linseg .15, .12 + .3 * (1 - p7), 1, 6, .9
  Place Close(aLow * .5 + aHigh * aBloom * (.15 + .35 * p7), .2), p4, p5
endin
