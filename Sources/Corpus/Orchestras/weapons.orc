; Weapons and explosions. A blast is a click, noise whose band falls, and a low body that falls with it (Farnell,
; "Designing Sound" (2010), chapters 60, "Guns", and 61, "Explosions"); lasers after chapter 58.

; A blade through the air: p6 weight, p7 sharpness
instr SwordSwing
  iPeak = p3 * .45
  aAir = Band(400, 16000)
  kSweep expseg 500 + 500 * p7, iPeak, 2600 + 2400 * p7 - 1400 * p6, p3 - iPeak, 500
  aBody reson aAir, kSweep, kSweep * .35, 2
  aEdge reson aAir, kSweep * 2.3, kSweep * .25, 2
  aShape linseg 0, iPeak * .6, .2, iPeak * .4, 1, (p3 - iPeak) * .35, .3, (p3 - iPeak) * .65, 0
  Place (aBody + aEdge * p7 * .8) * aShape * aShape, p4, p5
endin

; Blade on blade: p6 size, p7 ring
instr SwordClash
  iHertz = 1250 - 500 * p6
  aBlade Modes iHertz, giSteel, .5 + 1.9 * p7, .3, .95
  aOther Modes iHertz * 1.37, giSteel, .4 + 1.4 * p7, .3, .95
  aScrape = Band(3500, 13000) * linseg:a(1, .04, .25, .15, .05, .2, 0)
  Place Close(aBlade * .3 + aOther * .25 + aScrape * .6 + Burst(.008, 15000) * .7, .06), p4, p5
endin

; A sword leaves its sheath: p6 size, p7 brightness
instr SwordDraw
  kUp expseg 1400 - 600 * p6, p3 * .6, 4200, p3 * .4, 4600
  aRub = Band(1500, 15000) * (.6 + .4 * randi:a(1, 300, random:i(0, 1), 1))
  aTone reson aRub, kUp, kUp * .03, 2
  aHigh reson aRub, kUp * 2.41, kUp * .04, 2
  aShape linseg 0, p3 * .12, .6, p3 * .38, 1, p3 * .15, .4, p3 * .35, 0
  aRing Modes 2300 - 800 * p6, giSteel, p3, .3, .9
  aLate linseg 0, p3 * .45, 0, .02, .12, p3 * .5, .1
  Place Close((butlp(aRub, 3500 + 11000 * p7) * (.15 + .3 * p7) + aTone * (.9 - .5 * p7) + aHigh * (.1 + .8 * p7)) * aShape + aRing * aLate * (.5 + p7), .05), p4, p5
endin

; An arrow leaves the bow: p6 tension
instr BowShot
  aString pluck expon:k(1, .22, .001), 70 + 190 * p6, 90, giPick, 1
  aSnap = Burst(.012, 5000)
  kFlight expseg 2600, p3, 900
  aFlight reson Band(600, 9000), kFlight, 600, 2
  aAway linseg 0, .03, 1, p3 * .5, .25, p3 * .4, 0
  Place Close(aString * 1.3 + aSnap * (.3 + .7 * p6) + aFlight * aAway * .3, .03), p4, p5
endin

; p6 crack
instr Whip
  iCrack = p3 * .42
  kUp expseg 350, iCrack, 3800, .05, 1500, 1, 1500
  aSwish reson Band(300, 12000), kUp, kUp * .4, 2
  aRise linseg 0, iCrack * .9, .5, iCrack * .1, .7, .05, 0, 1, 0
  aCrack = Band(900, 17000) * linseg:a(0, iCrack, 0, .0005, 1, .02, .18, .12, 0)
  Place Close(aSwish * aRise * .6 + aCrack * (.6 + 1.4 * p6), .02), p4, p5
endin

; Any gun: p6 calibre, p7 closeness, p8 seconds of the tail
opcode Shot, a, iii
  iBore, iNear, iTail xin
  aClick = Burst(.003, 16000) * (.4 + .9 * iNear)
  kDown expseg (9000 - 3500 * iBore) * (.3 + .7 * iNear), .03, 2200, iTail, 350, 4, 250
  aBlast noise 1, 0
  aBlast butlp aBlast, kDown
  aBlast = tanh(aBlast * Decay(.12 + .25 * iBore) * 4)
  aBoom poscil Decay(.12 + .3 * iBore), expseg:k(190 - 80 * iBore, .08, 62 - 22 * iBore, 2, 45)
  aEcho noise 1, 0
  aEcho butlp aEcho, kDown * .7
  aEcho = aEcho * linseg:a(0, .02, .16, iTail * .3, .06, iTail * .7, 0)
  xout aClick + aBlast * .9 + aBoom * (.4 + .8 * iBore) + aEcho * (1.4 - iNear)
endop

instr Gun
  Place Close(Shot(p6, p7, p8), .05), p4, p5
endin

; One shot through a suppressor: p6 calibre
instr SilencedGun
  aPuff = Band(300, 2600 - 900 * p6) * linseg:a(0, .002, 1, .05, .25, .12, 0)
  aBolt vdelay Modes(1900, giSteel, .05, .4, .8) * .2 + Burst(.004, 9000) * .4, 55, 200
  Place Close(aPuff + aBolt + Burst(.03, 250) * .5, .02), p4, p5
endin

; A magazine or a slide: p6 size
instr GunMechanism
  iDone = 0
  while iDone < 4 do
    iWhen = p3 * (.05 + .24 * iDone) * random:i(.9, 1.05)
    Sow "HitMetal", iWhen, .1, p4, p4, .35 - .2 * p6 + .12 * iDone % .3, .85, random:i(0, .1)
    iDone += 1
  od
  aSlide = Band(1500, 7000) * linseg:a(0, p3 * .3, 0, p3 * .02, .5, p3 * .12, .3, .01, 0)
  Place Close(aSlide * .3, .01), p4, p5
endin

; p6 size, p7 debris, p8 distance: the far one has lost its top and comes softly
instr Explosion
  iTop = 9000 * .06 ^ p8
  kDown expseg iTop, .15 + .3 * p6, iTop * .18, p3, 90
  aLeft noise 1, 0
  aRight noise 1, 0
  aShape = linseg:a(0, .002 + .06 * p8, 1, .08 + .15 * p6, .6, p3 * .4, .22, p3 * .5, 0)
  aShape = aShape * (.75 + .25 * randi:a(1, 14, random:i(0, 1), 1))
  aLeft = tanh(butlp(butlp(aLeft, kDown), kDown * 1.5) * aShape * 5)
  aRight = tanh(butlp(butlp(aRight, kDown), kDown * 1.5) * aShape * 5)
  aSub poscil linseg:a(0, .004 + .05 * p8, 1, p3 * .5, .2, p3 * .4, 0), expseg:k(110 - 40 * p6, .25, 42 - 10 * p6, p3, 27)
  Around aLeft * .6 + aSub * (.5 + .6 * p6), aRight * .6 + aSub * (.5 + .6 * p6)
  Place Burst(.004, 15000) * (1 - p8), .5, .5
  iDone = 0
  while iDone < int(45 * p7) do
    Sow "Pebble", .15 + p3 * .8 * random:i(0, 1) ^ 1.4, .09, random:i(0, 1), .5, random:i(.2, .9), 0, 0
    iDone += 1
  od
endin

; A rocket goes up and bursts: p6 size, p7 crackle
instr Firework
  iRise = p3 * .38
  aWhistle poscil linseg:a(0, .05, .16, iRise - .1, .1, .05, 0, 1, 0), expseg:k(900, iRise, 2600, 1, 2600)
  aBang = Band(60, 7000 - 2500 * p6) * linseg:a(0, iRise, 0, .001, 1, .12, .2, p3 * .4, 0)
  aThump poscil linseg:a(0, iRise, 0, .002, 1, .3, 0, 1, 0), 70
  kCrackle linseg 0, iRise + .2, 0, .1, 130 * p7, p3 - iRise - .4, 20, .1, 0
  aLeft = Grains(kCrackle, 3600, 2)
  aRight = Grains(kCrackle, 4300, 2)
  Around aLeft * .35, aRight * .35
  Place Close(aWhistle + tanh(aBang * 2) * .8 + aThump, .05), p4, p5
endin

; p6 pitch, p7 sweep, p8 buzz
instr Laser
  iTop = 900 * 4.5 ^ p6
  kPitch expseg iTop, p3 * (1.05 - .8 * p7), iTop * (.5 - .42 * p7), p3, iTop * .06
  aTone vco2 .6, kPitch, 0
  aFm foscil .7, kPitch, 1, 1.41, linseg:k(5 * p8, p3, 0), -1
  aOut = (aTone * p8 + aFm) * linseg:a(0, .002, 1, p3 * .3, .5, p3 * .65, 0)
  Place butlp(aOut, 12000), p4, p5
endin

; An energy beam that stays: p6 pitch, p7 throb
instr Beam
  iHertz = 70 * 5 ^ p6
  kThrob = 1 + .5 * p7 * lfo:k(1, 7 + 9 * p7)
  aFirst vco2 .4, iHertz * random:i(.99, 1), 0
  aSecond vco2 .4, iHertz * 1.006, 0
  kOpen linseg 300, .12, 3800, p3 - .4, 2800, .25, 300
  aBeam moogladder aFirst + aSecond, kOpen * kThrob, .55
  aFizz = Band(4000, 11000) * .08
  Place Close((aBeam + aFizz) * kThrob * linseg:a(0, .05, 1, p3, 1), .2), p4, p5
endin

; A bullet or a ball glances off: p6 pitch
instr Ricochet
  kPitch expseg 3600 + 1400 * p6, p3, 700 + 500 * p6
  aWhine poscil linseg:a(0, .004, 1, p3 * .3, .35, p3 * .65, 0), kPitch * (1 + .03 * lfo:k(1, 34))
  aAir reson Band(900, 12000), kPitch * 1.5, 500, 2
  Place Close(aWhine * .45 + aAir * .2 * Decay(p3) + Burst(.006, 15000) + Modes(1400, giSteel, .08, .3, .9) * .3, .03), p4, p5
endin
