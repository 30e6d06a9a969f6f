; Engines, aircraft, alarms, doors and their hardware (Farnell, "Designing Sound" (2010), chapters 29 "Telephone bell", 31
; "Police", 33 "Creaking door", 45 "Motors", 46 "Cars", 47 "Fans", 48 "Jet engine", 49 "Helicopter").

; One cylinder after another: pulses at the firing rate through the exhaust's resonances: p6 size, p7 revolutions at the
; start, p8 at the end (0 idle … 1 full)
instr Engine
  kTurn linseg p7, p3, p8
  kRate = (14 + 26 * (1 - p6)) * (1 + 4.2 * kTurn) * Drift(.985, 1.015, 7)
  aPhase phasor kRate
  aHalf phasor kRate * .5
  aStroke = (1 - aPhase) ^ 4 * (1 + .4 * cos(aHalf * 2 * $M_PI))
  aCore = aStroke * (.6 + Band(100, 5000) * (.5 + .5 * kTurn)) - .1
  iPipe = 110 - 40 * p6
  aLow = reson(aCore, iPipe, 60, 1) + reson(aCore, iPipe * 2.9, 110, 1) * .8
  aMid = reson(aCore, 780, 300, 1) * .7 + reson(aCore, 1700 + 900 * kTurn, 800, 1) * .6
  aOut = buthp(aCore * .7 + aLow + aMid, 45) * linseg:a(0, .08, 1, p3 - .3, 1, .2, 0)
  Place tanh(aOut * (.5 + .5 * kTurn)), p4, p5
endin

; It goes by: pitch and level after the distance (Doppler): p6 size, p7 speed
instr PassBy
  kTime line -p3 * .5, p3, p3 * .5
  iSpeed = 16 + 38 * p7
  kPath = iSpeed * kTime
  kDistance = sqrt(kPath * kPath + 36)
  kDoppler = 343 / (343 + iSpeed * kPath / kDistance)
  kNear = 6 / kDistance
  kRate = (50 + 70 * (1 - p6)) * kDoppler
  aPulse = vco2(.5, kRate, 0) + vco2(.3, kRate * .5, 0)
  aMotor = butlp(aPulse, 600 + 2600 * kNear) + reson(aPulse, 900 * kDoppler, 300, 2) * .3
  aTyres = Band(500, 2500 + 5000 * p7) * .5
  Place Close((aMotor * .6 + aTyres) * kNear * linseg:a(0, .1, 1, 1, 1), .15), p4, p5
endin

; Blades that pass: thumps of low noise, and a turbine: p6 size, p7 nearness
instr Helicopter
  kRate = 17 - 8 * p6
  aPhase phasor kRate
  aChop = (1 - aPhase) ^ 3
  aThump = Band(30, 500 + 1500 * p7) * aChop
  aSlap poscil aChop * aChop, 72 - 22 * p6
  aTurbine = (poscil(.05, 1750) + poscil(.03, 2630)) * p7 + Band(1500, 6000) * .07 * p7 * (.4 + aChop)
  aShape linseg 0, .25, 1, p3 - .6, 1, .35, 0
  Place (aThump * 1.3 + aSlap + aTurbine) * aShape, p4, p5
endin

; p6 nearness: a jet's roar and whine
instr Jet
  kNear = linseg:k(.15, p3 * .5, 1, p3 * .5, .12)
  kBend linseg 1.12, p3 * .42, 1.08, p3 * .16, .9, p3 * .42, .86
  aRoar = butlp(Band(40, 9000), 400 + 5200 * p6 * kNear)
  aWhine = poscil(.06, 2900 * kBend) + poscil(.05, 3640 * kBend) + reson(Band(1000, 9000), 3100 * kBend, 250, 2) * .25
  Place Close((tanh(aRoar * 2.5) + aWhine * p6) * kNear * linseg:a(0, .2, 1, 1, 1), .2), p4, p5
endin

; A propeller plane: p6 size
instr Propeller
  kRate = (95 - 35 * p6) * Drift(.98, 1.02, 2)
  aSaw = vco2(.4, kRate, 0) + vco2(.4, kRate * 1.013, 0)
  aDrone = butlp(aSaw, 900) + reson(aSaw, 320, 140, 2) * .4
  aShape = linseg:a(0, .3, 1, p3 - .7, 1, .4, 0)
  Place (aDrone + Band(200, 2500) * .15 * (.5 + .5 * poscil:a(1, kRate))) * aShape, p4, p5
endin

; A small motor turns something and stops: p6 pitch, p7 speed-up
instr Servo
  kPitch linseg 120, .06, 300 + 500 * p6, p3 - .2, (300 + 500 * p6) * (1 + .6 * p7), .12, 90
  aSaw vco2 .4, kPitch, 0
  aGear = vco2(.2, kPitch * 3.02, 2, .3)
  aOut = reson(aSaw + aGear, kPitch * 4, kPitch * 2, 2) * .6 + butlp(aSaw, 2500) * .4
  Place aOut * (.85 + .15 * randi:a(1, 60, random:i(0, 1), 1)) * linseg:a(0, .03, 1, p3 - .12, 1, .08, 0), p4, p5
endin

; A power drill: p6 pitch, p7 load
instr Drill
  kPitch = linseg:k(50, .15, 150 + 160 * p6, p3 - .4, 150 + 160 * p6, .25, 40) * (1 - .25 * p7 * abs(rspline:k(-1, 1, 2, 5)))
  aSaw = vco2(.4, kPitch, 0) + vco2(.3, kPitch * 7.03, 0)
  aChuck = Band(1500, 9000) * .3 * (.5 + .5 * vco2:a(1, kPitch, 2, .3))
  Place tanh(aSaw * 2 + aChuck) * linseg:a(0, .05, 1, p3 - .3, .8, .25, 0), p4, p5
endin

; A steam train: p6 speed: four beats a turn
instr SteamTrain
  iRate = 3 + 6 * p6
  kPhase phasor iRate
  kBeat phasor iRate / 4
  kPuff = (1 - kPhase) ^ 2 * (kBeat < .25 ? 1 : .65)
  aSteam = Band(180, 2600 + 2500 * kPuff) * interp(kPuff)
  aIron = Grains(k(25 * p6 + 4), 1500, 12) * .25
  Place (aSteam + aIron + Band(40, 140) * .5) * linseg:a(0, .2, 1, p3 - .5, 1, .3, 0), p4, p5
endin

; p6 pitch, p7 turns a second, p8 form: 0 wail (slow sine), 1 yelp (fast saw up)
instr Siren
  iRate = .22 + (p8 > .5 ? 2.6 + 1.6 * p7 : .25 * p7)
  kSwing = .5 - .5 * cos(2 * $M_PI * (p8 > .5 ? phasor:k(iRate) * .5 : phasor:k(iRate)))
  kPitch = (420 + 260 * p6) * (1 + 1.5 * kSwing)
  aHorn = vco2(.35, kPitch, 2, .35)
  aOut = reson(aHorn, 1150, 700, 2) * .7 + butlp(aHorn, 3800) * .5
  Place aOut * linseg:a(0, .05, 1, p3 - .3, 1, .25, 0), p4, p5
endin

; Two notes in turn: p6 pitch, p7 turns a second
instr HighLow
  iHertz = 390 + 220 * p6
  kWhich phasor .6 + .7 * p7
  kPitch = port:k((kWhich < .5 ? iHertz : iHertz * 1.335), .01, iHertz)
  aHorn = vco2(.35, kPitch, 2, .4) + vco2(.25, kPitch * 2.003, 2, .3)
  Place butlp(aHorn, 4200) * linseg:a(0, .03, 1, p3 - .25, 1, .2, 0), p4, p5
endin

; A rotor turns up and down again, as in an air raid: p6 pitch
instr AirRaid
  kPitch expseg 90, p3 * .45, 430 + 160 * p6, p3 * .2, 440 + 160 * p6, p3 * .35, 110
  aHorn = vco2(.35, kPitch, 0) + vco2(.35, kPitch * 1.2, 0)
  aLevel = expseg:a(.05, p3 * .3, 1, p3 * .4, 1, p3 * .3, .05)
  Place Close(butlp(aHorn, 2400) * aLevel, .1), p4, p5
endin

; Beeps in a row: p6 pitch, p7 beeps a second, p8 harshness
instr BeepAlarm
  iRate = 1.4 + 5 * p7
  kGate = (phasor:k(iRate) < .5 ? 1 : 0)
  aGate = tonex(interp(kGate), 400, 1)
  iHertz = 700 * 3.2 ^ p6
  aTone = poscil(.6 * (1 - p8), iHertz) + vco2(.4 * p8 + .02, iHertz, 2, .5)
  Place Close(aTone * aGate, .02), p4, p5
endin

; p6 pitch: as of a quiz or a gate
instr Buzzer
  aBuzz = vco2(.4, 95 + 120 * p6, 0) + vco2(.4, (95 + 120 * p6) * 1.013, 2, .3)
  Place tanh(butlp(aBuzz, 4800) * 2) * linseg:a(0, .004, 1, p3 - .05, 1, .04, 0), p4, p5
endin

; A clapper strikes two bells quickly: p6 pitch, p7 strokes a second: alarm bells, school bells, old telephones
instr Ringer
  iRate = 12 + 14 * p7
  aStroke mpulse 1, 1 / iRate
  aOther vdelay aStroke, 500 / iRate, 200
  iHertz = 900 + 900 * p6
  aOne = mode(aStroke, iHertz, 300) + mode(aStroke, iHertz * 2.71, 420) + mode(aStroke, iHertz * 5.15, 380)
  aTwo = mode(aOther, iHertz * 1.19, 300) + mode(aOther, iHertz * 3.2, 420)
  Place Close((aOne + aTwo) * linseg:a(0, .01, 1, p3 * .75, 1, p3 * .12, .12, 1, .02), .1), p4, p5
endin

; Two tones of a telephone: p6 pitch, p7 trill
instr Phone
  iHertz = 900 * 1.9 ^ p6
  kWhich = (phasor:k(14 + 12 * p7) < .5 ? 1 : 1.26)
  kOn = (phasor:k(1.1) < .62 ? 1 : 0)
  aTone = vco2(.35, iHertz * port:k(kWhich, .001), 2, .3)
  Place Close(butlp(aTone, 7000) * tonex(interp(kOn), 200, 1), .03), p4, p5
endin

; A car's horn: two reeds a third apart: p6 pitch
instr CarHorn
  iHertz = 300 + 160 * p6
  aReed = vco2(.35, iHertz, 2, .25) + vco2(.35, iHertz * 1.26, 2, .25)
  aOut = reson(aReed, 1900, 1200, 2) * .5 + butlp(aReed, 5500) * .5
  Place aOut * linseg:a(0, .025, 1, p3 - .12, 1, .08, 0), p4, p5
endin

; A ship's or a train's horn: p6 pitch
instr ShipHorn
  iHertz = 62 * 3.4 ^ p6
  aReed = vco2(.3, iHertz, 0) + vco2(.25, iHertz * 1.334, 0) + vco2(.2, iHertz * 1.68, 0)
  aOut = butlp(aReed, 400 + 1300 * linseg:k(.2, .3, 1, p3, .9)) + Band(300, 1500) * .03
  Place aOut * linseg:a(0, .18, 1, p3 - .6, .9, .4, 0), p4, p5
endin

; A wooden door falls shut: p6 weight, p7 force, with its latch
instr DoorShut
  aSlam Modes 95 - 35 * p6, giBox, .16 + .18 * p6, .5, .35 + .3 * p7
  aOut = aSlam * .6 + Burst(.05 + .05 * p6, 500 + 4500 * p7) * (.6 + .6 * p7) + Burst(.15, 160) * p6 * 1.4
  aLatch vdelay Modes(1900, giSteel, .04, .3, .8) * .2, 35, 100
  aOut = aOut + aLatch * (.5 + p7)
  Place Close(aOut, .03), p4, p5
endin

; It opens or is worn: sticks and slips, whose rate makes the creak's pitch: p6 pitch, p7 roughness
instr Creak
  kRate = (35 + 160 * p6) * exp(rspline:k(-.5, .6, .6, 2 + 3 * p7))
  aStick mpulse 1, 1 / kRate
  aStick = aStick * (1 - .6 * p7 * abs(randh:a(1, 90, random:i(0, 1), 1)))
  iHertz = 420 + 500 * p6
  aWood = reson(aStick, iHertz, 55, 2) + reson(aStick, iHertz * 1.97, 80, 2) * .8 + reson(aStick, iHertz * 3.6, 160, 2) * .6 + reson(aStick, iHertz * .43, 60, 2) * .6
  Place Close(aWood * linseg:a(0, p3 * .15, .8, p3 * .5, 1, p3 * .3, .2, p3 * .05, 0), .04), p4, p5
endin

; A knuckle on a door: p6 size of the door, p7 hardness
instr Knock
  aDoor Modes (190 - 80 * p6) * random:i(.97, 1.03), giPlank, .12, .7, .35 + .4 * p7
  Place Close(aDoor * .6 + Burst(.012, 1400 + 2500 * p7) * .6 + reson(Burst(.02, 900), 420, 80, 2) * .4, .02), p4, p5
endin

; A key turns, a bolt moves: p6 size
instr Lock
  Sow "HitMetal", .001, .08, p4, p5, .1 + .2 * p6, .9, .02
  Sow "HitMetal", p3 * .35, .1, p4, p5, .25 + .2 * p6, .9, .06
  Sow "HitMetal", p3 * .42, .12, p4, p5, .45 + .3 * p6, .8, .08
  aScrape = Grains(linseg:k(0, p3 * .1, 160, p3 * .25, 260, .01, 0, 1, 0), 2900, 5) * .4
  Place aScrape, p4, p5
endin

; A door of a spaceship: air and a motor: p6 size, p7 opens (1) or shuts (0)
instr SlidingDoor
  iUp = (p7 > .5 ? 1 : -1)
  kPitch expseg 160 * 2 ^ -iUp, p3 * .75, 160 * 2 ^ iUp, p3 * .25, 160 * 2 ^ iUp
  aMotor = butlp(vco2(.3, kPitch, 0), 1800)
  aAir = Band(900, 9000 - 4000 * p6) * linseg:a(0, .01, 1, p3 * .25, .35, p3 * .45, .2, p3 * .1, 0)
  aStop = Burst(.05, 500 + 400 * p6) + Modes(180 - 60 * p6, giPlate, .12, .5, .5) * .3
  aStop vdelay aStop, p3 * 740, 3000
  Place Close((aMotor * linseg:a(0, .03, 1, p3 * .68, 1, .03, 0) * .5 + aAir + aStop), .02), p4, p5
endin

; Fans and pumps of a room of machines: p6 pitch, p7 rattle
instr MachineHum
  iHertz = 48 + 60 * p6
  aHum = poscil(.4, iHertz) + poscil(.25, iHertz * 2) + poscil(.12, iHertz * 3) + poscil(.08, iHertz * 5.01)
  aRattle = Grains(k(iHertz), 700, 5) * .12 * p7
  aShape linseg 0, .2, 1, p3 - .5, 1, .3, 0
  Around (aHum + aRattle + Band(120, 1200) * .16) * aShape, (aHum + aRattle + Band(120, 1200) * .16) * aShape
endin
