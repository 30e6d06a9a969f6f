; What programs and games answer with: clicks, tones in small intervals, and the square and triangle waves of the consoles of
; the eighties.

; Degrees in semitones.
giTriad ftgen 0, 0, -4, -2, 0, 4, 7, 12
giFalling ftgen 0, 0, -4, -2, 0, -3, -5, -12

; A tone with a soft edge: p6 hertz, p7 colour (0 sine … 1 bright)
instr Blip
  aTone foscil 1, p6, 1, 2, .2 + 2.4 * p7, -1
  Place aTone * linseg:a(0, .004, 1, max(p3 - .03, .005), .3, .025, 0), p4, p5
endin

; The same ringing out like a small bell: p6 hertz, p7 brightness
instr Ping
  aTone poscil Decay(p3), p6
  aBell poscil Decay(p3 * .4) * .5 * p7, p6 * 2.76
  aTop poscil Decay(p3 * .2) * .3 * p7, p6 * 5.4
  Place Close((aTone + aBell + aTop) * linseg:a(0, .002, 1, 1, 1), .01), p4, p5
endin

; A square wave as of an old console: p6 hertz at the start, p7 at the end, p8 pulse width
instr Chip
  kPitch expseg p6, p3, p7
  aTone vco2 .5, kPitch, 2, p8
  Place aTone * linseg:a(0, .001, 1, max(p3 * .6, .002), .7, p3 * .38, 0), p4, p5
endin

; p6 pitch, p7 hardness
instr Click
  iHertz = 900 * 4 ^ p6
  aClick reson Burst(.004 + .014 * (1 - p7), 1500 + 11000 * p7), iHertz, iHertz * .5, 2
  Place aClick + Burst(.0015, 16000) * p7 * p7, p4, p5
endin

; A switch goes over: two clicks: p6 size
instr Switch
  iGap = .025 + .05 * p6
  Sow "Click", .001, .05, p4, p5, .7 - .5 * p6, .9, 0
  Sow "Click", iGap, .06, p4, p5, .4 - .35 * p6, .8, 0
  aBody Modes 420 - 200 * p6, giBox, .03, .5, .4
  Place vdelay(aBody, iGap * 1000, 200) * .4, p4, p5
endin

; A bubble pops up: p6 pitch
instr Pop
  iHertz = 260 * 3.4 ^ p6
  kPitch expseg iHertz, .05, iHertz * 2.3, 1, iHertz * 2.3
  aPop poscil linseg:a(0, .004, 1, .035, .5, .03, 0), kPitch
  Place aPop, p4, p5
endin

; Keys of a keyboard: p6 depth
instr KeyStroke
  aDown = Burst(.006, 5000 + random:i(-1500, 1500)) + Modes(900 - 500 * p6, giBox, .03, .5, .5) * .3
  aUp vdelay aDown, 60 + random:i(0, 25), 200
  Place aDown + aUp * .35, p4, p5
endin

; Yes: p6 pitch, p7 brightness, p8 which interval upward (0 fourth, 1 fifth, 2 octave, 3 a third and a fifth)
instr Confirm
  iHertz = 480 * 2.4 ^ p6
  iStep = p3 * .22
  iWhich = int(p8)
  iFirst = (iWhich == 0 ? 5 : (iWhich == 1 ? 7 : (iWhich == 2 ? 12 : 4)))
  Sow "Ping", .001, p3 * .5, p4, p5, iHertz, p7, 0
  Sow "Ping", iStep, p3 * .75, p4, p5, iHertz * semitone(iFirst), p7, 0
  if iWhich == 3 then
    Sow "Ping", iStep * 2, p3 * .55, p4, p5, iHertz * semitone(7), p7, 0
  endif
endin

; No: p6 pitch, p7 harshness, p8 falls (0 twice the same, 1 falling)
instr Refuse
  iHertz = 110 * 2.6 ^ p6
  iLow = iHertz * (p8 > .5 ? .75 : 1)
  aFirst vco2 .5, iHertz, 0
  aSecond vco2 .5, iLow, 0
  aGateOne linseg 0, .004, 1, p3 * .32, 1, .01, 0, 1, 0
  aGateTwo linseg 0, p3 * .45, 0, .004, 1, p3 * .42, .9, .03, 0, 1, 0
  aOut = aFirst * aGateOne + aSecond * aGateTwo
  aOut = butlp(aOut, 900 + 5500 * p7)
  Place aOut, p4, p5
endin

; Notice: a chime of two or three bells: p6 pitch, p7 brightness, p8 falls
instr Notify
  iHertz = 620 * 2 ^ p6
  iSign = (p8 > .5 ? -1 : 1)
  Sow "Ping", .001, p3 * .8, p4, p5, iHertz, p7, 0
  Sow "Ping", p3 * .13, p3 * .8, p4, p5, iHertz * semitone(iSign * 5), p7, 0
  Sow "Ping", p3 * .26, p3 * .7, p4, p5, iHertz * semitone(iSign * 9), p7, 0
endin

; Numbers run over a screen: p6 pitch, p7 speed
instr DataChatter
  iStep = .09 - .05 * p7
  iAt = 0
  while iAt < p3 - .06 do
    Sow "Blip", iAt, iStep * .7, p4 + random:i(-.1, .1), p5, 900 * 3 ^ p6 * semitone(int(random:i(-7, 8)) * 2), .3, 0
    iAt += iStep
  od
endin

; A program stumbles: pieces of noise, tone and silence: p6 pitch, p7 density
instr Glitch
  iAt = 0
  while iAt < p3 - .04 do
    iLong = random:i(.01, .07)
    if random:i(0, 1) < .35 + .6 * p7 then
      Sow "Shred", iAt, iLong, random:i(.2, .8), .5, 200 * 12 ^ (p6 * random:i(.3, 1)), int(random:i(0, 3)), 0
    endif
    iAt += iLong + .002
  od
endin

; A piece of it: p6 hertz, p7 which
instr Shred
  iWhich = int(p7)
  if iWhich == 0 then
    aOut randh .7, p6 * 4, random:i(0, 1), 1
  elseif iWhich == 1 then
    aOut vco2 .6, p6, 0
  else
    aOut foscil .7, p6, 1, 7.13, 6, -1
  endif
  Place aOut * linseg:a(0, .001, 1, p3 - .004, 1, .002, 0), p4, p5
endin

; Two square waves a fourth apart, the second held: p6 pitch, p7 pulse width
instr CoinPickup
  iHertz = 880 * 1.7 ^ p6
  iWidth = .5 - .3 * p7
  Sow "Chip", .001, .075, p4, p5, iHertz, iHertz, iWidth
  Sow "Chip", .075, p3 - .08, p4, p5, iHertz * semitone(5), iHertz * semitone(5), iWidth
endin

; p6 pitch, p7 height, p8 pulse width
instr Jump
  iHertz = 150 * 2.4 ^ p6
  kPitch expseg iHertz, p3 * .8, iHertz * (2 + 2.4 * p7), p3 * .2, iHertz * (2 + 2.4 * p7)
  aTone vco2 .5, kPitch, 2, .5 - .3 * p8
  Place aTone * linseg:a(0, .004, 1, p3 * .7, .6, p3 * .28, 0), p4, p5
endin

; A run of square waves upward: p6 pitch, p7 speed, p8 pulse width
instr PowerUp
  iHertz = 260 * 2 ^ p6
  iStep = .085 - .045 * p7
  iNote = 0
  while iNote * iStep < p3 - .08 do
    iDegree table iNote % 4, giTriad
    iPitch = iHertz * semitone(iDegree + 12 * int(iNote / 4) % 36)
    Sow "Chip", iNote * iStep, iStep * 1.1, p4, p5, iPitch, iPitch, .5 - .3 * p8
    iNote += 1
  od
endin

; The other way, slower and in minor: p6 pitch, p7 pulse width
instr GameOver
  iHertz = 520 * 1.6 ^ p6
  iNote = 0
  while iNote < 4 do
    iDegree table iNote, giFalling
    iPitch = iHertz * semitone(iDegree)
    iLong = (iNote == 3 ? p3 * .4 : p3 * .18)
    Sow "Chip", iNote * p3 * .19, iLong, p4, p5, iPitch, iPitch * (iNote == 3 ? .94 : 1), .5 - .3 * p7
    iNote += 1
  od
endin

; A short fanfare: p6 pitch, p7 brightness
instr LevelUp
  iHertz = 392 * 1.6 ^ p6
  iUnit = p3 * .11
  Sow "Brassy", .001, iUnit * .9, .4, .4, iHertz, p7, 0
  Sow "Brassy", iUnit, iUnit * .9, .6, .6, iHertz * semitone(4), p7, 0
  Sow "Brassy", iUnit * 2, iUnit * .9, .4, .4, iHertz * semitone(7), p7, 0
  Sow "Brassy", iUnit * 3, p3 - iUnit * 3.1, .5, .5, iHertz * 2, p7, 0
  Sow "Brassy", iUnit * 3, p3 - iUnit * 3.1, .3, .3, iHertz * semitone(7), p7, 0
endin

instr Brassy
  aSaw = vco2(.3, p6, 0) + vco2(.3, p6 * 1.004, 0)
  kOpen linseg 500, .03, 2200 + 4500 * p7, p3, 1200
  Place butlp(aSaw, kOpen) * linseg:a(0, .012, 1, max(p3 - .09, .01), .6, .075, 0), p4, p5
endin

; Taken damage: noise of a shift register and a falling square: p6 pitch
instr ChipHurt
  kPitch expseg 700 * 2 ^ p6, p3, 90
  aNoise randh .6, kPitch * 9, random:i(0, 1), 1
  aTone vco2 .4, kPitch, 2, .3
  Place (aNoise + aTone) * linseg:a(1, p3 * .95, 0), p4, p5
endin

; The explosion of an old console: p6 size
instr ChipBoom
  kRate expseg 9000 - 5500 * p6, p3, 350
  aNoise randh .8, kRate, random:i(0, 1), 1
  Place aNoise * linseg:a(1, p3 * .3, .5, p3 * .65, 0), p4, p5
endin
