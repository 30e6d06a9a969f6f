; Weather, water, fire and a few animals (Farnell, "Designing Sound" (2010), chapters 34 "Fire", 35 "Bubbles", 36 "Running
; Water", 37 "Pouring", 38 "Rain", 40 "Thunder", 41 "Wind", 51 "Birds", 50 "Insects"; bubbles: van den Doel 2005).

; A bubble or a drop into water: its pitch rises as it nears the surface: p6 size, p7 depth
instr Drop
  iHertz = 2600 * .16 ^ p6 * random:i(.85, 1.15)
  kPitch = iHertz * (1 + linseg:k(0, .02, .05, .12, .5 + .5 * p7, 1, .6))
  aDrop poscil linseg:a(0, .002, 1, 1, 1) * Decay(.07 + .13 * p6), kPitch
  Place Close(aDrop * .7 + Burst(.003, 9000) * .15, .01), p4, p5
endin

; p6 density, p7 brightness of what it falls on
instr Rain
  iHertz = 2200 + 3600 * p7
  aLeft = Grains(k(180 + 2200 * p6), iHertz, 2) * .55 + Band(900, 9000) * (.08 + .3 * p6)
  aRight = Grains(k(180 + 2200 * p6), iHertz * 1.06, 2) * .55 + Band(900, 9000) * (.08 + .3 * p6)
  aShape linseg 0, .15, 1, p3 - .4, 1, .25, 0
  Around aLeft * aShape, aRight * aShape
endin

; Single hits on a tin roof ring: p6 density
instr RainOnMetal
  aLeft dust2 1, 25 + 130 * p6
  aRight dust2 1, 25 + 130 * p6
  aRingL = mode(aLeft, 830, 55) + mode(aLeft, 1910, 70) + mode(aLeft, 3370, 80)
  aRingR = mode(aRight, 890, 55) + mode(aRight, 2080, 70) + mode(aRight, 3140, 80)
  aShape linseg 0, .15, 1, p3 - .4, 1, .25, 0
  Around (aRingL * 2.2 + Grains(k(900 * p6 + 150), 3800, 2) * .4) * aShape, (aRingR * 2.2 + Grains(k(900 * p6 + 150), 4100, 2) * .4) * aShape
endin

; p6 strength, p7 gusts
instr Wind
  kGust = Drift(1 - .85 * p7, 1, .5 + .5 * p7)
  kCentre = 180 + 520 * p6 * kGust
  aLeft butlp butbp(Band(40, 7000), kCentre, kCentre * 1.4), 900 + 3500 * p6 * kGust
  aRight butlp butbp(Band(40, 7000), kCentre * 1.07, kCentre * 1.4), 900 + 3500 * p6 * kGust
  aShape linseg 0, p3 * .15, 1, p3 * .65, 1, p3 * .2, 0
  Around aLeft * aShape * kGust, aRight * aShape * kGust
endin

; It whistles around a corner: p6 pitch, p7 gusts
instr WindHowl
  kGust = Drift(.25, 1, .5 + .5 * p7)
  kPitch = (260 + 460 * p6) * (.75 + .5 * kGust)
  aAir = Band(60, 6000)
  aHowl = reson(aAir, kPitch, 22, 2) + reson(aAir, kPitch * 1.51, 40, 2) * .4
  aWide = Band(150, 1800) * .12
  aOther = Band(150, 1800) * .12
  aShape linseg 0, p3 * .15, 1, p3 * .65, 1, p3 * .2, 0
  Around (aHowl + aWide) * kGust * aShape, (aHowl * .8 + aOther) * kGust * aShape
endin

; p6 nearness, p7 length of the roll
instr Thunder
  iCrack = .04 + .25 * (1 - p6)
  kDown expseg 400 + 7000 * p6, .3, 700, p3, 90
  kRoll = Drift(.15, 1, 4)
  aLeft = butlp(butlp(Band(30, 12000), kDown), kDown)
  aRight = butlp(butlp(Band(30, 12000), kDown), kDown)
  aShape = linseg:a(0, iCrack, 1, .25, .55, p3 * (.3 + .3 * p7), .4, p3 * .35, 0, 1, 0)
  aSub = Band(25, 70) * 1.5
  aSnap = Grains(linseg:k(700, .3, 0, 1, 0), 2200, 2) * Decay(.5) * p6 * p6 * .3
  Around (tanh((aLeft * 3 + aSub * 2) * aShape * kRoll * 1.6) + aSnap) * Close(a(1), .1), (tanh((aRight * 3 + aSub * 2) * aShape * kRoll * 1.6) + aSnap) * Close(a(1), .1)
endin

; A wave comes in, breaks and draws back: p6 size
instr SeaWave
  iBreak = p3 * .42
  kOpen expseg 350, iBreak, 5200 - 2400 * p6, p3 - iBreak, 1200
  aShape expseg .04, iBreak, 1, p3 * .2, .4, p3 - iBreak - p3 * .2, .02
  aLeft = butlp(Band(60, 12000), kOpen) + Grains(linseg:k(0, iBreak, 300, p3 - iBreak, 1200), 5200, 2) * .1
  aRight = butlp(Band(60, 12000), kOpen) + Grains(linseg:k(0, iBreak, 300, p3 - iBreak, 1200), 4700, 2) * .1
  aRumble = Band(30, 160) * p6
  Around Close((aLeft + aRumble) * aShape, .1), Close((aRight + aRumble) * aShape, .1)
endin

; A brook: many bubbles at once: p6 size, p7 speed
instr Stream
  iAt = 0
  while iAt < p3 - .1 do
    Sow "Drop", iAt, .16, random:i(0, 1), random:i(.2, .8), .08 + .9 * random:i(0, 1) ^ (1.8 - 1.4 * p6), random:i(0, 1), 0
    iAt += random:i(.004, .05) * (1.5 - p7)
  od
  aShape linseg 0, .1, 1, p3 - .3, 1, .2, 0
  Around Band(500, 3500) * aShape * .05 * (1 + p7), Band(500, 3500) * aShape * .05 * (1 + p7)
endin

; Bubbles rise: p6 size, p7 number
instr Bubbles
  iAt = 0
  while iAt < p3 - .12 do
    Sow "Drop", iAt, .22, random:i(.25, .75), .5, .45 + .5 * p6 * random:i(.5, 1), 1, 0
    iAt += random:i(.02, .22) * (1.3 - p7)
  od
endin

; Something falls into water: p6 weight
instr Splash
  aSlap = Band(250, 5500) * linseg:a(0, .004, 1, .09, .3, .2 + .3 * p6, .08, .3, 0)
  aSlap = aSlap * (.6 + .4 * randi:a(1, 50, random:i(0, 1), 1))
  aPlunge poscil linseg:a(0, .03, .8, .1 + .15 * p6, 0, 1, 0), expseg:k(180, .25, 70, 1, 70)
  iDone = 0
  while iDone < 6 + 22 * p6 do
    Sow "Drop", .08 + (p3 - .25) * random:i(0, 1) ^ 1.7, .15, random:i(.2, .8), .5, random:i(.1, .85), random:i(.2, 1), 0
    iDone += 1
  od
  Place Close(aSlap + aPlunge * p6, .05), p4, p5
endin

; p6 size, p7 crackle
instr Fire
  kBreath = Drift(.4, 1, 2.5)
  aLap = Band(50, 350 + 500 * p6) * kBreath * (.3 + .6 * p6)
  aHissL = Band(2500, 9000) * .05 * (.5 + kBreath)
  aHissR = Band(2500, 9000) * .05 * (.5 + kBreath)
  aCrackL = Grains(k(4 + 38 * p7) * kBreath, 2100, 3) * .7
  aCrackR = Grains(k(4 + 38 * p7) * kBreath, 3300, 3) * .7
  aShape linseg 0, .15, 1, p3 - .4, 1, .25, 0
  Around (aLap + aHissL + aCrackL + aCrackR * .4) * aShape, (aLap + aHissR + aCrackR + aCrackL * .4) * aShape
endin

; Something takes fire at once: p6 size
instr Ignite
  kOpen expseg 900, p3 * .25, 4200, p3 * .75, 350
  aRoar = butlp(Band(50, 9000), kOpen) * linseg:a(0, p3 * .18, 1, p3 * .3, .5, p3 * .5, 0) * (.7 + .3 * randi:a(1, 25, random:i(0, 1), 1))
  Place aRoar + Burst(.05, 500) * p6, p4, p5
endin

; A songbird: phrases of short whistles whose pitch bends: p6 pitch, p7 speed
instr Bird
  iAt = 0
  iBase = 2200 * 2 ^ p6
  while iAt < p3 - .12 do
    iLong = random:i(.04, .16) * (1.4 - p7)
    iFrom = iBase * random:i(.75, 1.35)
    iTurn = iBase * random:i(.75, 1.35)
    iRepeat = int(random:i(1, 4.99))
    while iRepeat > 0 && iAt < p3 - .12 do
      Sow "Chirp", iAt, iLong, p4, p5, iFrom, iTurn, random:i(0, 1)
      iAt += iLong * 1.25
      iRepeat -= 1
    od
    iAt += random:i(.05, .3) * (1.4 - p7)
  od
endin

; p6 hertz at the start, p7 in the middle, p8 trill
instr Chirp
  kPitch expseg p6, p3 * .5, p7, p3 * .5, p6 * 1.1
  kTrill = 1 + (p8 > .6 ? .06 : 0) * lfo:k(1, 38)
  aTone poscil linseg:a(0, .006, 1, max(p3 - .02, .005), .7, .012, 0), kPitch * kTrill
  Place aTone, p4, p5
endin

; Crickets: three or four pulses of a high tone, again and again: p6 pitch, p7 number of them
instr Crickets
  iOne = 0
  while iOne < 1 + 4 * p7 do
    iPlace = random:i(0, 1)
    Sow "Cricket", .001, p3 - .02, iPlace, iPlace, (4000 + 1400 * p6) * random:i(.95, 1.05), random:i(.38, .6), 0
    iOne += 1
  od
endin

; p6 hertz, p7 seconds from call to call
instr Cricket
  kPhase phasor 1 / p7, random:i(0, 1)
  kPulse = (kPhase < .45 ? abs(sin(kPhase / .45 * 3 * $M_PI)) : 0)
  aTone = poscil(1, p6) * interp(kPulse)
  Place Close(aTone * linseg:a(0, .1, 1, 1, 1), .1), p4, p5
endin

; A frog: pulses through a throat: p6 size
instr Frog
  kRate expseg 34 + 26 * (1 - p6), p3, 58 + 30 * (1 - p6)
  aPulse mpulse 1, 1 / kRate
  iThroat = 900 - 450 * p6
  aCroak = reson(aPulse, iThroat, 90, 2) + reson(aPulse, iThroat * 2.4, 160, 2) * .7
  Place aCroak * linseg:a(0, p3 * .3, 1, p3 * .45, .9, p3 * .2, 0), p4, p5
endin

; A fly or a bee goes by: p6 size
instr Insect
  kPitch = (230 - 110 * p6) * Drift(.93, 1.07, 3) * linseg:k(1.04, p3, .95)
  aWing vco2 .5, kPitch, 0
  aBuzz = reson(aWing, kPitch * 4, kPitch * 3, 2) + butlp(aWing, 2600) * .4
  aShape expseg .03, p3 * .5, 1, p3 * .5, .02
  Place Close(aBuzz * aShape * Drift(.6, 1, 9), .03), p4, p5
endin
