; Magic, the future, and the small sounds of media and time.

; Degrees in semitones.
giScale ftgen 0, 0, -15, -2, 0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24, 26, 28, 31, 33
giHeal ftgen 0, 0, -6, -2, 0, 4, 7, 11, 14, 19

; Wind chimes or a spell's sparkle: small bells one after another: p6 pitch, p7 density, p8 direction (0 falling, 1 rising)
instr Chimes
  iCount = 6 + 22 * p7
  iDone = 0
  while iDone < iCount do
    iTurn = (p8 > .5 ? iDone / iCount : 1 - iDone / iCount)
    iDegree table int(iTurn * 14.99), giScale
    iHertz = (520 + 700 * p6) * semitone(iDegree)
    Sow "Ping", (p3 * .55) * iDone / iCount, p3 * .5, random:i(.1, .9), random:i(.1, .9), iHertz, .8, 0
    iDone += 1
  od
endin

; A spell is cast: a swell of air and voices that ends in a sparkle: p6 pitch, p7 brightness
instr Spell
  iCast = p3 * .42
  kPitch expseg 160 * 2 ^ p6, iCast, 640 * 2 ^ p6, p3, 640 * 2 ^ p6
  aShape expseg .01, iCast, 1, p3 * .12, .2, p3 * .45, .005
  aTone = foscil(.4, kPitch, 1, 1.5, linseg:k(.3, iCast, 4 + 3 * p7, p3 * .2, .5), -1) * aShape
  kColour = 2 + 5 * p7
  aLeft = reson(Band(400, 14000), kPitch * kColour, kPitch, 2) * aShape
  aRight = reson(Band(400, 14000), kPitch * kColour * 1.1, kPitch, 2) * aShape
  Around Close(aTone * .6 + aLeft, .1), Close(aTone * .6 + aRight, .1)
  iDone = 0
  while iDone < 7 + 10 * p7 do
    Sow "Ping", iCast + (p3 - iCast) * .7 * random:i(0, 1) ^ 1.5, .5, random:i(.1, .9), .5, (700 + 1100 * p7) * 3 ^ random:i(0, 1), p7, 0
    iDone += 1
  od
endin

; Something good happens: soft chords that rise: p6 pitch
instr Heal
  iHertz = 260 * 1.8 ^ p6
  iDone = 0
  while iDone < 6 do
    iDegree table iDone, giHeal
    Sow "Glow", p3 * .09 * iDone, p3 * .6, .5 + (iDone % 2 - .5) * .6, .5, iHertz * semitone(iDegree), 0, 0
    iDone += 1
  od
endin

instr Glow
  aTone = poscil(.4, p6) + poscil(.2, p6 * 2.004) + poscil(.1, p6 * 3.01)
  Place aTone * linseg:a(0, p3 * .25, 1, p3 * .7, 0), p4, p5
endin

; Something bad is called: low voices, out of tune, turned backward: p6 pitch, p7 dirt
instr Curse
  iHertz = 55 * 1.9 ^ p6
  aShape expseg .02, p3 * .72, 1, p3 * .28, .01
  kWail = 1 + .05 * rspline:k(-1, 1, 1, 4)
  aVoice = vco2(.3, iHertz * kWail, 0) + vco2(.3, iHertz * 1.059 * kWail, 0) + vco2(.3, iHertz * 1.414, 0)
  aLeft = reson(aVoice, 420, 120, 2) + reson(aVoice, 950, 160, 2) * .6
  aRight = reson(aVoice, 480, 120, 2) + reson(aVoice, 880, 160, 2) * .6
  aBreath = Band(300, 2600) * .25
  Around tanh((aLeft + aBreath) * (1 + 5 * p7)) * aShape, tanh((aRight + aBreath) * (1 + 5 * p7)) * aShape
endin

; Someone vanishes: a tone that shakes ever faster: p6 pitch, p7 arrives (1) or leaves (0)
instr Teleport
  iHertz = 300 * 2 ^ p6
  iWay = (p7 > .5 ? -1 : 1)
  kPitch expseg iHertz * 3 ^ (-iWay * .5), p3 * .8, iHertz * 3 ^ (iWay * .8), p3 * .2, iHertz * 3 ^ iWay
  kShake expseg 5 * 2 ^ -iWay, p3, 24 * 1.6 ^ iWay
  aTone = foscil(.5, kPitch, 1, 2.02, 2 + 2 * lfo:k(1, kShake), -1)
  aShape linseg 0, p3 * .08, .8, p3 * .72, 1, p3 * .19, 0
  aLeft = aTone * (.5 + .5 * poscil:a(1, kShake))
  aRight = aTone * (.5 - .5 * poscil:a(1, kShake))
  Around aLeft * aShape + Band(3000, 12000) * aShape * .12, aRight * aShape + Band(3000, 12000) * aShape * .12
endin

; A wall of energy: p6 pitch: switches on, hums
instr ForceField
  iHertz = 60 * 2 ^ p6
  kOpen expseg 200, .18, 4200, .3, 900, p3, 600
  aFirst = vco2(.35, iHertz, 0) + vco2(.35, iHertz * 1.012, 0)
  aHum = moogladder(aFirst, kOpen, .6)
  aShape linseg 0, .02, 1, p3 - .3, .8, .27, 0
  Around (aHum + Band(5000, 12000) * .03) * aShape * (.8 + .2 * poscil:a(1, 6.3)), (aHum + Band(5000, 12000) * .03) * aShape * (.8 - .2 * poscil:a(1, 6.3))
endin

; A computer of the films counts: tones at random, each held: p6 pitch, p7 speed
instr Computer
  iStep = .16 - .08 * p7
  iAt = 0
  while iAt < p3 - iStep do
    Sow "Blip", iAt, iStep * .85, p4, p5, 420 * 2.5 ^ p6 * semitone(int(random:i(0, 18.99))), .1, 0
    iAt += iStep
  od
endin

; A submarine listens: p6 pitch
instr Sonar
  iHertz = 650 * 2.2 ^ p6
  aPing = poscil(1, iHertz) + poscil(.15, iHertz * 2.01)
  aShape linseg 0, .01, 1, .12, .35, p3 * .7, 0, 1, 0
  Place Close(aPing * aShape, .05), p4, p5
endin

; Old record: clicks, crackle, rumble: p6 wear, p7 turns: its hiss
instr Vinyl
  aLeft = Grains(k(3 + 26 * p6), 2600, 1.2) * .8 + Grains(k(40 + 200 * p6), 6500, 1.5) * .18
  aRight = Grains(k(3 + 26 * p6), 2600, 1.2) * .8 + Grains(k(40 + 200 * p6), 6500, 1.5) * .18
  aRumble = Band(25, 90) * .12 * (.6 + .4 * poscil:a(1, .555))
  aShape linseg 0, .05, 1, p3 - .15, 1, .1, 0
  Around (aLeft + Band(1500, 9000) * (.01 + .04 * p7) + aRumble) * aShape, (aRight + Band(1500, 9000) * (.01 + .04 * p7) + aRumble) * aShape
endin

; p6 brightness: an empty tape
instr TapeHiss
  aShape linseg 0, .1, 1, p3 - .25, 1, .15, 0
  kOpen = 5000 + 9000 * p6
  Around buthp(butlp(Band(400, 16000), kOpen), 1200) * aShape * (.95 + .05 * poscil:a(1, 1.1)), buthp(butlp(Band(400, 16000), kOpen), 1200) * aShape * (.95 + .05 * poscil:a(1, 1.3))
endin

; A tape is stopped: its pitch and level fall: p6 brightness
instr TapeStop
  kSpeed linseg 1, p3 * .85, .05, p3 * .15, .02
  aChord = vco2(.2, 220 * kSpeed, 0) + vco2(.2, 277.2 * kSpeed, 0) + vco2(.2, 329.6 * kSpeed, 0)
  Place butlp(aChord, (1200 + 5000 * p6) * kSpeed + 60) * linseg:a(1, p3 * .8, .7, p3 * .2, 0), p4, p5
endin

; A radio between stations, a television without one: p6 brightness, p7 breaks
instr Static
  aNoise noise 1, 0
  aBroken = butlp(aNoise, 3500 + 9000 * p6) * (1 - p7 * .85 * abs(randh:a(1, 22, random:i(0, 1), 1)))
  aOut = buthp(aBroken, 250) + Grains(k(60 * p7), 1800, 1.5)
  Place aOut * linseg:a(0, .01, 1, p3 - .04, 1, .02, 0), p4, p5
endin

; Turning the dial: whistles of stations go by: p6 speed
instr RadioTuning
  kFirst expseg 3200, p3 * .4, 180, p3 * .2, 900, p3 * .4, 2600
  kSecond expseg 300, p3 * .5, 2300, p3 * .5, 140
  aWhistle = poscil(.25 * linseg:k(0, p3 * .2, 1, p3 * .3, .1, p3 * .3, 1, p3 * .2, 0), kFirst) + poscil(.2 * linseg:k(1, p3 * .3, 0, p3 * .3, 1, p3 * .4, 0), kSecond)
  aNoise = Band(400, 4200) * (.4 + .4 * randi:a(1, 5 + 12 * p6, random:i(0, 1), 1))
  Place Close((aNoise + aWhistle), .03), p4, p5
endin

; Two thumps: p6 closeness; a beat each event
instr Heartbeat
  aFirst = poscil:a(linseg:a(0, .012, 1, .11, 0, 1, 0), expseg:k(72, .12, 45, 1, 45))
  aSecond = poscil:a(linseg:a(0, .24, 0, .012, .7, .1, 0, 1, 0), 62)
  aSkin = Band(60, 260) * linseg:a(0, .01, .5, .08, 0, .15, 0, .01, .35, .08, 0, 1, 0)
  Place butlp(aFirst + aSecond + aSkin * p6, 180 + 260 * p6), p4, p5
endin

; One tick: p6 size of the clock, p7 which (tick or tock)
instr Tick
  iHertz = (2600 - 1700 * p6) * (p7 > .5 ? .82 : 1)
  aTick Modes iHertz, giBox, .02 + .05 * p6, .3, .8
  Place Close(aTick * .5 + Burst(.003, 12000) * .6 + Modes(310, giPlank, .05, .5, .3) * p6 * .4, .01), p4, p5
endin

; Electric current: p6 pitch (50 or 60 hertz and up), p7 buzz
instr ElectricHum
  iHertz = (p6 > .5 ? 60 : 50)
  aHum = poscil(.5, iHertz) + poscil(.35, iHertz * 2) + poscil(.15, iHertz * 4)
  aBuzz = buthp(vco2(.3, iHertz * 2, 2, .08), 700) * (.4 + .6 * abs(randi:a(1, 15, random:i(0, 1), 1)))
  Place (aHum + aBuzz * p7) * linseg:a(0, .06, 1, p3 - .15, 1, .08, 0), p4, p5
endin

; A spark, an arc: p6 strength, p7 crackle
instr Spark
  aBuzz = vco2(.5, 95 + 40 * p6, 0) * limit(abs(randh:a(1, 110, random:i(0, 1), 1)) * 3 - .8, .1, 1)
  aCrack = Grains(k(150 + 900 * p7), 4800, 1.5)
  aNoise = Band(1500, 15000) * abs(randh:a(1, 160, random:i(0, 1), 1)) * .7
  Place Close((buthp(tanh(aBuzz * 3), 500) * .5 + aCrack + aNoise) * linseg:a(0, .002, 1, p3 * .6, .7, p3 * .38, 0), .02), p4, p5
endin

; A Geiger counter: p6 clicks a second
instr Geiger
  aClick dust 1, 4 * 12 ^ p6
  aOut = reson(aClick, 2400, 1500, 2) * 5 + reson(aClick, 5200, 2500, 2) * 3
  Place Close(aOut, .01), p4, p5
endin

; A camera's shutter: p6 size
instr Shutter
  Sow "Click", .001, .04, p4, p5, .6, .9, 0
  Sow "Click", .05 + .06 * p6, .05, p4, p5, .4, .8, 0
  aMirror = Band(800, 6000) * linseg:a(0, .012, .6, .03, .1, .03, .4, .05, 0, 1, 0)
  Place aMirror * .6, p4, p5
endin

; Applause: many hands, each with its rate: p6 size of the crowd
instr Applause
  aLeft = Grains(k(30 + 260 * p6), 1200, 1.6) * .6 + Grains(k(60 + 900 * p6), 1900, 1.5) * .5
  aRight = Grains(k(30 + 260 * p6), 1150, 1.6) * .6 + Grains(k(60 + 900 * p6), 2050, 1.5) * .5
  aShape linseg 0, p3 * .15, 1, p3 * .5, .9, p3 * .35, 0
  Around aLeft * aShape, aRight * aShape
endin

; A spring of a cartoon: p6 pitch
instr Boing
  iHertz = 110 * 2.4 ^ p6
  kPitch = iHertz * (1 + .5 * linseg:k(0, p3, 1)) * (1 + .35 * lfo:k(1, 13) * linseg:k(1, p3, .2))
  aOut = foscil(.6, kPitch, 1, 2, linseg:k(5, p3, .5), -1)
  Place Close(aOut * linseg:a(0, .005, 1, p3 * .3, .6, p3 * .65, 0), .02), p4, p5
endin

; A slide whistle: p6 pitch, p7 up (1) or down (0)
instr SlideWhistle
  iLow = 480 * 1.6 ^ p6
  kPitch expseg (p7 > .5 ? iLow : iLow * 2.8), p3, (p7 > .5 ? iLow * 2.8 : iLow)
  aTone = poscil(.6, kPitch * (1 + .012 * lfo:k(1, 6))) + poscil(.08, kPitch * 2)
  aBreath = reson(Band(400, 9000), kPitch, kPitch * .3, 2) * .12
  Place (aTone + aBreath) * linseg:a(0, .03, 1, p3 - .1, .9, .06, 0), p4, p5
endin
