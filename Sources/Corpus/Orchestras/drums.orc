; Drum machines, and where the music of another synthesizer comes in.
;
; A stroke: p4 its loudness, p5 its place, p6 and on its numbers. The voices are those of Roland's analogue machines, after
; Werner, Abel & Smith, "A Physically-Informed, Circuit-Bendable, Digital Model of the Roland TR-808 Bass Drum" (2014) for
; the kick, and the usual descriptions of the others (Reid, "Synth Secrets", Sound on Sound, 2002).

giPulse ftgen 0, 0, 4096, 10, 1, 0, .333, 0, .2, 0, .143, 0, .111, 0, .091

; What was played elsewhere: p4 its place, p5 how wide it is (1 as it is), p6 a width made of the middle, p7 decibels above 2.5 kHz
instr Played
  aLeft chnget "playedLeft"
  aRight chnget "playedRight"
  aMid = (aLeft + aRight) * .5
  aSide = (aLeft - aRight) * .5 * p5
  if p6 > 0 then
    aSpread delay aMid, .0117
    aSpread buthp aSpread, 250
    aSide = aSide + aSpread * p6
  endif
  aLeft = aMid + aSide
  aRight = aMid - aSide
  if p7 != 0 then
    aLeft pareq aLeft, 2500, ampdb(p7), .7071, 2
    aRight pareq aRight, 2500, ampdb(p7), .7071, 2
  endif
  Around aLeft * cos(p4 * $M_PI_2) * sqrt(2), aRight * sin(p4 * $M_PI_2) * sqrt(2)
endin

; p6 hertz, p7 seconds, p8 how many times higher it begins, p9 click, p10 drive
instr MachineKick
  kSweep expseg p8, .028, 1 + .25 * (p8 - 1), .09, 1, p3, 1
  aBody poscil Decay(p7), p6 * kSweep
  aOut = aBody + Burst(.005, 7000) * p9 * .7
  if p10 > 0 then
    aOut = tanh(aOut * (1 + 5 * p10)) / (1 + .4 * p10)
  endif
  Place Close(aOut * p4, .01), p5, p5
endin

; p6 hertz, p7 seconds, p8 snappy, p9 bright
instr MachineSnare
  aLow poscil Decay(.13), p6
  aHigh poscil Decay(.08), p6 * 1.78
  aNoise = Band(500 + 900 * p9, 3500 + 9500 * p9) * Decay(p7)
  aOut = (aLow + aHigh * .6) * (.75 - .35 * p8) + aNoise * (.3 + .8 * p8)
  Place Close(aOut * p4, .01), p5, p5
endin

; p6 seconds, p7 bright
instr MachineClap
  aEnv expseg 1, .0085, .06, .0002, 1, .0085, .06, .0002, 1, .0085, .06, .0002, 1, p6, .001, 1, .0005
  aNoise = Band(700 + 300 * p7, 2600 + 6000 * p7)
  Place Close(aNoise * aEnv * p4 * 1.3, .01), p5, p5
endin

; Six square waves and noise. p6 seconds, p7 how high, p8 metal
instr MachineHat
  iTune = .8 + .5 * p7
  a1 poscil .3, 205.3 * 4 * iTune, giPulse
  a2 poscil .3, 304.4 * 4 * iTune, giPulse
  a3 poscil .3, 369.6 * 4 * iTune, giPulse
  a4 poscil .3, 522.7 * 4 * iTune, giPulse
  a5 poscil .3, 540 * 4 * iTune, giPulse
  a6 poscil .3, 800 * 4 * iTune, giPulse
  aNoise noise 1, 0
  aOut buthp (a1 + a2 + a3 + a4 + a5 + a6) * p8 + aNoise * (1.1 - p8), 6000 + 2500 * p7
  Place Close(buthp(aOut, 5000) * Decay(p6) * p4 * .8, .008), p5, p5
endin

; p6 hertz, p7 seconds, p8 noise
instr MachineTom
  kSweep expseg 1.5, .05, 1.1, .12, 1, p3, 1
  aBody poscil Decay(p7), p6 * kSweep
  aOut = aBody + Band(200, 2500) * Decay(.12) * p8 * .5 + Burst(.003, 4000) * .2
  Place Close(aOut * p4, .01), p5, p5
endin

; p6 hertz, p7 seconds: rim, claves
instr MachineRim
  aOne poscil Decay(p7), p6
  aTwo poscil Decay(p7 * .7), p6 * .47
  aOut = tanh((aOne + aTwo * .7) * 1.6) + Burst(.002, 9000) * .4
  Place Close(aOut * p4 * .8, .004), p5, p5
endin

; p6 how high, p7 seconds
instr MachineCowbell
  aOne poscil .5, 540 * p6, giPulse
  aTwo poscil .5, 800 * p6, giPulse
  aEnv expseg 1, .012, .45, p7, .001, 1, .0005
  aOut reson aOne + aTwo, 850 * p6, 900, 1
  Place Close(((aOne + aTwo) * .3 + aOut * .7) * aEnv * p4, .01), p5, p5
endin

; p6 seconds, p7 bright
instr MachineShaker
  aEnv expseg .05, .012, 1, p6, .01, 1, .001
  aOut = Band(3500 + 2500 * p7, 16000) * aEnv
  Place Close(aOut * p4 * .6, .006), p5, p5
endin

; p6 seconds, p7 how high, p8 a stroke that is heard (rides)
instr MachineCymbal
  iTune = .8 + .5 * p7
  a1 poscil .25, 243.1 * 4 * iTune, giPulse
  a2 poscil .25, 331.7 * 4 * iTune, giPulse
  a3 poscil .25, 412.9 * 4 * iTune, giPulse
  a4 poscil .25, 578.3 * 4 * iTune, giPulse
  aNoise noise .7, 0
  aAll = a1 + a2 + a3 + a4 + aNoise
  aHigh buthp aAll, 7500
  aLow buthp butlp(aAll, 7000), 3000
  aOut = aHigh * Decay(p6) + aLow * Decay(p6 * .45) * (.5 + .5 * p8) + Burst(.004, 9000) * p8 * .8
  Place Close(aOut * p4 * .8, .02), p5, p5
endin
