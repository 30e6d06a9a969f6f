; What moves and what announces: whooshes, risers, drops, booms, drones. Noise through bands that travel; levels that rise or
; fall without a break.

; p6 size, p7 brightness: it comes nearest in the middle
instr Whoosh
  iPeak = p3 * random:i(.4, .6)
  iTop = 700 + 3600 * p7 - 350 * p6
  kCentre expseg iTop * .3, iPeak, iTop, p3 - iPeak, iTop * .25
  aAir = Band(60, 15000)
  aBody reson aAir, kCentre, kCentre * (.5 + .5 * p6), 2
  aLow reson aAir, kCentre * .3, kCentre * .3, 2
  aShape expseg .003, iPeak, 1, p3 - iPeak, .002
  Place Close((aBody + aLow * p6) * aShape, .02), p4, p5
endin

; Short and high: a twig, a rod: p6 pitch
instr Swish
  iTop = 1800 + 4200 * p6
  kCentre expseg iTop * .5, p3 * .5, iTop, p3 * .5, iTop * .6
  aThin reson Band(500, 16000), kCentre, kCentre * .3, 2
  aShape linseg 0, p3 * .5, 1, p3 * .4, .1, p3 * .1, 0
  Place aThin * aShape * aShape, p4, p5
endin

; Tension before a drop: p6 height, p7 noise against tone, p8 pulses that quicken
instr Riser
  kPitch expseg 110, p3, 110 * 4 ^ (1 + p6)
  kOpen expseg 300, p3, 12000
  aSaw = vco2(.3, kPitch, 0) + vco2(.3, kPitch * 1.01, 0) + vco2(.2, kPitch * .503, 0)
  aTone butlp aSaw, kOpen
  aLeft butbp Band(200, 16000), kOpen, kOpen * .7
  aRight butbp Band(200, 16000), kOpen, kOpen * .7
  aShape expseg .02, p3 * .97, 1, p3 * .03, .01
  aPulse = 1 - p8 * .8 * (.5 + .5 * poscil:a(1, expseg:k(3, p3, 22)))
  aTone = aTone * (1 - p7) * aShape * aPulse
  Around aTone + aLeft * (.3 + p7) * aShape * aPulse, aTone + aRight * (.3 + p7) * aShape * aPulse
endin

; The bass falls: p6 depth, p7 dirt
instr BassDrop
  kPitch expseg 190 - 60 * p6, p3 * .35, 62 - 16 * p6, p3 * .65, 30 - 6 * p6
  aSub poscil linseg:a(0, .006, 1, p3 * .5, .8, p3 * .45, 0), kPitch
  aOut = tanh(aSub * (1 + 7 * p7)) / (1 + p7)
  Place aOut + Burst(.02, 2500) * .3, .5, .5
endin

; A single low boom, as trailers have: p6 size
instr Boom
  kPitch expseg 120 - 50 * p6, .15, 46 - 12 * p6, p3, 30
  aSub poscil linseg:a(0, .003, 1, p3 * .35, .4, p3 * .6, 0), kPitch
  aSkin = Band(60, 900) * Decay(.35 + .3 * p6)
  Place Close(tanh(aSub * 2) + aSkin * .7 + Burst(.015, 6000) * .6, .1), .5, .5
endin

; Boom, metal and air at once: p6 size, p7 metal
instr CinematicHit
  kPitch expseg 130 - 50 * p6, .12, 48, p3, 36
  aSub poscil linseg:a(0, .003, 1, p3 * .3, .35, p3 * .65, 0), kPitch
  aMetal Modes 190 - 90 * p6, giPlate, p3 * .8, .4, .8
  aLeft = Band(200, 9000) * Decay(p3 * .5)
  aRight = Band(200, 9000) * Decay(p3 * .5)
  aMid = tanh(aSub * 2.2) * .9 + aMetal * p7 * .5 + Burst(.01, 12000)
  Around Close(aMid + aLeft * .5, .1), Close(aMid + aRight * .5, .1)
endin

; The brass-like blast of trailers: p6 pitch, p7 dirt
instr Braam
  iHertz = 41.2 * 1.6 ^ p6
  kOpen linseg 180, .12, 1500 + 2200 * p7, p3 * .4, 900, p3 * .5, 160
  aLeft = vco2(.3, iHertz * .997, 0) + vco2(.3, iHertz * 1.5, 0) + vco2(.3, iHertz * 2.008, 0)
  aRight = vco2(.3, iHertz * 1.004, 0) + vco2(.3, iHertz * 1.497, 0) + vco2(.3, iHertz * 1.993, 0)
  aShape linseg 0, .05, 1, p3 * .55, .7, p3 * .38, 0
  aLeft = tanh(moogladder(aLeft, kOpen, .25) * (1 + 4 * p7)) * aShape
  aRight = tanh(moogladder(aRight, kOpen, .25) * (1 + 4 * p7)) * aShape
  Around aLeft, aRight
endin

; A cymbal played backward: p6 size, p7 brightness: it grows and is cut off
instr ReverseCymbal
  iHertz = 420 - 200 * p6
  aLeft Modes iHertz, giPlate, 30, 0, .95
  aRight Modes iHertz * 1.07, giSteel, 30, 0, .95
  aShape expseg .001, p3 - .015, 1, .015, .0005
  kOpen expseg 2500, p3, 9000 + 6000 * p7
  aWashL = butlp(Band(3000, 15000), kOpen)
  aWashR = butlp(Band(3000, 15000), kOpen)
  Around (aLeft * .12 + aWashL * .7) * aShape, (aRight * .12 + aWashR * .7) * aShape
endin

; A low sound that stays: p6 pitch, p7 brightness, p8 movement
instr Drone
  iHertz = 38 * 2.6 ^ p6
  kOpen = (180 + 1500 * p7) * (1 + .6 * p8 * rspline:k(-1, 1, .3, .9))
  aLeft = vco2(.3, iHertz * .996, 0) + vco2(.3, iHertz * 1.503, 0) + poscil(.4, iHertz * .5)
  aRight = vco2(.3, iHertz * 1.005, 0) + vco2(.3, iHertz * 1.498, 0) + poscil(.4, iHertz * .5)
  aAir = Band(300, 1400) * .05
  aShape linseg 0, p3 * .2, 1, p3 * .6, 1, p3 * .2, 0
  Around moogladder(aLeft, kOpen, .3) * aShape + aAir * aShape, moogladder(aRight, kOpen, .3) * aShape + aAir * aShape
endin

; The falling counterpart of the riser: p6 height
instr Downlifter
  kOpen expseg 4500 + 9500 * p6, p3, 200
  kPitch expseg 110 * 4 ^ (1 + p6), p3 * .9, 70, p3 * .1, 60
  aLeft butbp Band(100, 16000), kOpen, kOpen * .7
  aRight butbp Band(100, 16000), kOpen, kOpen * .7
  aTone vco2 .3, kPitch, 0
  aTone butlp aTone, kOpen
  aShape expseg 1, p3, .01
  Around Close((aLeft + aTone * .5) * aShape, .05), Close((aRight + aTone * .5) * aShape, .05)
endin
