; Synthesizers: instruments that play notes. A note: p4 hertz, p5 loudness (0 to 1), p6 its place, p7 the seconds that its key is
; held, p8 and on the family's parameters in the order of the catalogue; p3 is longer than p7 by the release.
;
; Two parameters are alike in all families that have them: "contour" (0 a slow swell, 1 a pluck) and "bright".

; The level of a note: a slow attack that is held, up to an attack at once that dies away.
opcode Contour, a, i
  iContour xin
  iAttack = min(.55 * .0045 ^ min(1, iContour * 1.7) + .0015, p7 * .7)
  iSustain = (iContour < .62 ? .85 : .85 - 2.2 * (iContour - .62))
  iDecay = .55 - .38 * iContour
  iRelease = max(p3 - p7, .02)
  aOut transeg 0, iAttack, -1, 1, iDecay, -3, max(iSustain, .0005), max(p7 - iAttack - iDecay, .001), 0, max(iSustain, .0005), 30, 0, max(iSustain, .0005)
  aGate linseg 1, p7, 1, iRelease * .9, 0, 1, 0
  xout aOut * aGate * (.25 + .75 * p5)
endop

; The filter's envelope follows the contour: opens with the attack, closes by as much as the sweep says.
opcode Opening, k, iii
  iBright, iSweep, iContour xin
  iBase = 140 * 70 ^ iBright
  iAttack = min(.5 * .005 ^ min(1, iContour * 1.7) + .002, p7 * .7)
  kEnv expseg .02, iAttack, 1, .9 - .72 * iContour, .08, 8, .05
  kOut = iBase * (1 + iSweep * 14 * kEnv * (1.2 - iBright)) + p4 * .4
  xout limit(kOut, 30, 15000)
endop

; A steady tone to the bus, with a little width where there are two channels.
opcode Play, 0, aa
  aLeft, aRight xin
  iLean = p6 - .5
  Around aLeft * (1 - max(iLean, 0) * 1.4), aRight * (1 + min(iLean, 0) * 1.4)
endop

; One or two oscillators and a ladder filter (Moog; moogladder after Huovilainen 2004).
; p8 contour, p9 bright, p10 sweep, p11 resonance, p12 square (0 saw, 1 square), p13 detune
instr Subtractive
  iApart = 1 + .012 * p13
  if p12 > .5 then
    aOne vco2 .4, p4, 10
    aTwo vco2 .4, p4 * iApart, 10
  else
    aOne vco2 .4, p4, 0
    aTwo vco2 .4, p4 * iApart, 0
  endif
  kOpen Opening p9, p10, p8
  aOut moogladder aOne + aTwo * .8, kOpen, .1 + .68 * p11
  aOut = aOut * Contour(p8) * (1 + p11)
  Play aOut, aOut
endin

; Seven saws around the pitch (Roland's JP-8000; Szabo 2010): p8 contour, p9 bright, p10 detune
instr Supersaw
  iWide = .004 + .03 * p10
  aMid vco2 .25, p4, 0, .5, random:i(0, 1)
  aL1 vco2 .22, p4 * (1 - iWide), 0, .5, random:i(0, 1)
  aL2 vco2 .22, p4 * (1 + iWide * .58), 0, .5, random:i(0, 1)
  aL3 vco2 .2, p4 * (1 - iWide * .19), 0, .5, random:i(0, 1)
  aR1 vco2 .22, p4 * (1 + iWide * .98), 0, .5, random:i(0, 1)
  aR2 vco2 .22, p4 * (1 - iWide * .57), 0, .5, random:i(0, 1)
  aR3 vco2 .2, p4 * (1 + iWide * .18), 0, .5, random:i(0, 1)
  kOpen Opening p9, .25, p8
  aShape Contour p8
  aLeft = butlp(aMid + aL1 + aL2 + aL3 + .35 * (aR1 + aR2 + aR3), kOpen)
  aRight = butlp(aMid + aR1 + aR2 + aR3 + .35 * (aL1 + aL2 + aL3), kOpen)
  Play buthp(aLeft, p4 * .8) * aShape, buthp(aRight, p4 * .8) * aShape
endin

; Two operators (Chowning 1973): p8 contour, p9 bright (index), p10 ratio of the modulator, p11 how much the index falls
instr TwoOperators
  iIndex = .3 + 7 * p9 * p9
  kIndex = iIndex * (1 - p11 + p11 * expseg:k(1, .5, .06, 4, .03))
  aModulator poscil kIndex * p4 * p10, p4 * p10
  aOut poscil .7, p4 + aModulator
  aOut = aOut * Contour(p8)
  Play aOut, aOut
endin

; Four operators in two pairs, the second a detuned bell on top (Yamaha's DX, algorithm 5): p8 contour, p9 bright,
; p10 ratio of the upper pair, p11 detune
instr FourOperators
  aFirst poscil (.2 + 2.6 * p9) * p4 * expseg:k(1, .7, .15, 5, .1), p4
  aLow poscil .6, p4 * (1 + .004 * p11) + aFirst
  aSecond poscil (.3 + 2 * p9) * p4 * p10 * expseg:k(1, .18, .05, 4, .01), p4 * p10
  aHigh poscil .35 * (.3 + p9), p4 * (1 - .004 * p11) + aSecond
  aShape Contour p8
  Play (aLow + aHigh) * aShape, (aLow * .8 + aHigh * 1.2) * aShape
endin

; A pulse whose width moves: p8 contour, p9 bright, p10 narrowness (0 hollow square, 1 thin), p11 movement, p12 turns a second
instr PulseWidth
  kWidth = .5 - .42 * p10 + (.06 + .2 * (1 - p10)) * p11 * lfo:k(1, p12)
  kWidth limit kWidth, .04, .96
  aLeft vco2 .5, p4, 2, kWidth
  aRight vco2 .5, p4 * (1 + .003 * p11), 2, 1 - kWidth
  kOpen Opening p9, .3, p8
  aShape Contour p8
  Play butlp(aLeft - aRight * .35, kOpen) * aShape, butlp(aLeft * .65 - aRight * .7, kOpen) * aShape
endin

; Four waves, blended one into the next: p8 contour, p9 bright, p10 position, p11 movement, p12 turns a second
giWaveA ftgen 0, 0, 8192, 10, 1
giWaveB ftgen 0, 0, 8192, 10, 1, 0, .5, 0, .4, 0, .3, 0, .25
giWaveC ftgen 0, 0, 8192, 10, .4, 1, .3, .8, .2, .7, .1, .5, .1, .4
giWaveD ftgen 0, 0, 8192, 10, .5, .1, .1, .9, .1, .1, .8, .1, .6, .1, .1, .5, .3, .4
instr Wavetable
  kPlace = limit(p10 + p11 * .5 * lfo:k(1, p12), 0, .999) * 3
  aA poscil .5, p4, giWaveA
  aB poscil .5, p4 * 1.002, giWaveB
  aC poscil .4, p4, giWaveC
  aD poscil .4, p4 * .998, giWaveD
  aOut = aA * max(0, 1 - kPlace) + aB * max(0, 1 - abs(kPlace - 1)) + aC * max(0, 1 - abs(kPlace - 2)) + aD * max(0, 1 - abs(kPlace - 3))
  kOpen Opening p9, .2, p8
  aOut = butlp(aOut, kOpen) * Contour(p8)
  Play aOut, aOut
endin

; Two waves multiplied: sums and differences instead of either: p8 contour, p9 bright, p10 ratio, p11 how much of it
instr RingModulation
  aCarrier vco2 .5, p4, 0
  aOther poscil 1, p4 * p10
  aOut = aCarrier * (1 - p11) + aCarrier * aOther * (1 + p11)
  aOut = butlp(aOut, Opening(p9, .2, p8)) * Contour(p8)
  Play aOut, aOut
endin

; Bells, partial by partial (Risset 1969): p8 ring, p9 bright
instr AdditiveBell
  aLeft Modes p4, giBell, .8 + 3.2 * p8, .7, .45 + .55 * p9
  aRight Modes p4 * 1.003, giBell, .8 + 3.2 * p8, .7, .45 + .55 * p9
  aHum poscil expon:a(.5, 1 + 3 * p8, .0005), p4
  aFade linseg (.3 + .7 * p5), p7, (.3 + .7 * p5), max(p3 - p7 - .02, .01), 0
  Play (aLeft * .4 + aHum) * aFade, (aRight * .4 + aHum) * aFade
endin

; A string plucked (Karplus and Strong 1983; pluck, with weighted averaging): p8 damping, p9 bright, p10 where it is plucked
instr PluckedString
  iKept = 1 - .0004 - .02 * p8 * p8
  iNew = (.5 + .42 * p9) * iKept
  aString pluck .5, p4, p4, giPick, 5, iNew, iKept - iNew
  aPlace delay aString, (.06 + .4 * p10) / p4
  aOut = butlp(aString - aPlace * .7, 900 * 16 ^ p9 + p4) + Burst(.008, 1500 + 7000 * p9) * .06
  aFade linseg (.3 + .7 * p5), p7, (.3 + .7 * p5), max(p3 - p7 - .02, .01), 0
  Play aOut * aFade, aOut * aFade
endin

; A string bowed (waveguide, Cook; wgbow, which is sharp by a little more the higher it plays): p8 bright (nearness to the bridge), p9 pressure, p10 vibrato
instr BowedString
  kLevel linseg .02, .12, .3, p7, .28, .1, .2
  ; The opcode's own vibrato keeps its phase from note to note, and so from clip to clip.
  kVibrato = 1 + .007 * p10 * lfo:k(1, 4.8 + p10) * linseg:k(0, .3, 1, 9, 1)
  aString wgbow kLevel, p4 / (1 + .000023 * p4) * kVibrato, 2 + 2.5 * p9, .07 + .1 * (1 - p8), 0, 0, giWaveA, 40
  aBody = aString + reson(aString, 290, 90, 2) * .15 + reson(aString, 1100, 300, 2) * .1
  aOut = butlp(aBody, 1200 * 9 ^ p8)
  aFade linseg 0, .06, 1, max(p7 - .06, .01), 1, max(p3 - p7 - .02, .01), 0
  Play aOut * aFade * (.3 + .7 * p5), aOut * aFade * (.3 + .7 * p5)
endin

; A reed blown: odd partials, more of them the harder it is blown, and breath. (wgclar, Cook's waveguide, keeps something from
; note to note, and so from clip to clip.) p8 bright, p9 breath, p10 vibrato
instr BlownReed
  kLevel linseg .4, .1, .62, 9, .6
  ; As above: vibrato by the breath.
  kLevel = kLevel * (1 + .14 * p10 * lfo:k(1, 5.2) * linseg:k(0, .3, 1, 9, 1))
  aReed = vco2(kLevel, p4, 10)
  aReed = butlp(aReed, p4 * (2 + 9 * kLevel)) + Band(900, 5000) * .05 * p9 * kLevel
  aOut = butlp(aReed, 900 * 9 ^ p8)
  aFade linseg 0, .035, 1, max(p7 - .035, .01), 1, max(p3 - p7 - .02, .01), 0
  Play aOut * aFade * (.3 + .7 * p5), aOut * aFade * (.3 + .7 * p5)
endin

; A pipe blown across: noise and a resonant tube, with the tone that answers it: p8 bright, p9 breath, p10 vibrato
instr BlownPipe
  kVibrato = 1 + .006 * p10 * lfo:k(1, 4.8) * linseg:k(0, .5, 1, 9, 1)
  kPitch = p4 * kVibrato * linseg:k(.985, .07, 1, 9, 1)
  aTone = poscil(.5, kPitch) + poscil(.12 + .3 * p8, kPitch * 2) + poscil(.2 * p8, kPitch * 3)
  aBreath = reson(Band(200, 12000), kPitch, kPitch * .08, 2) * 1.2 + reson(Band(200, 12000), kPitch * 2, kPitch * .3, 2) * .4
  aChiff = Band(1500, 8000) * expon:a(.25, .07, .001) * p9
  aFade linseg 0, .07, 1, max(p7 - .07, .01), .9, max(p3 - p7 - .02, .01), 0
  aOut = (aTone * (1 - .6 * p9) + aBreath * p9 * .8 + aChiff) * aFade * (.3 + .7 * p5)
  Play aOut, aOut
endin

; Bars struck with mallets (modal; Cook 2002): p8 ring, p9 bright (hard mallets), p10 metal (0 wood, 1 metal)
instr ModalBar
  iRing = (p10 > .5 ? .9 + 2.6 * p8 : .16 + .5 * p8)
  aBar Modes p4, giBar, iRing, (p10 > .5 ? .5 : .9), .2 + .7 * p9
  aGround poscil expon:a(.6, iRing, .001), p4
  aOut = aBar * .4 + aGround + Burst(.004 + .01 * (1 - p9), 900 + 8000 * p9) * .2
  aFade linseg (.3 + .7 * p5), p7, (.3 + .7 * p5), max(p3 - p7 - .02, .01), 0
  Play aOut * aFade, aOut * aFade
endin

; A metal plate, tuned: many partials around the note: p8 ring, p9 bright
instr ModalPlate
  aLeft Modes p4, giPlate, .7 + 3 * p8, .45, .5 + .5 * p9
  aRight Modes p4, giPlate, .7 + 3 * p8, .45, .5 + .5 * p9
  aFade linseg (.3 + .7 * p5), p7, (.3 + .7 * p5), max(p3 - p7 - .02, .01), 0
  Play (aLeft * .35 + Burst(.01, 9000) * .2 * p9) * aFade, (aRight * .35) * aFade
endin

; A cloud of grains (Roads 2001; grain): short pieces of a wave at chance times and pitches: p8 density, p9 bright, p10 scatter
giGrain ftgen 0, 0, 4096, 20, 2
giGrainWave ftgen 0, 0, 8192, 10, 1, .5, .33, .25, .2, .16
instr Grainy
  kDensity = 14 + 90 * p8
  aLeft grain .35, p4, kDensity, .05, p4 * (.002 + .022 * p10), .16 - .1 * p8, giGrainWave, giGrain, .3
  aRight grain .35, p4, kDensity, .05, p4 * (.002 + .022 * p10), .16 - .1 * p8, giGrainWave, giGrain, .3
  aOctaves grain .2 * p9, p4 * 2, kDensity * .6, .05, p4 * .01, .07, giGrainWave, giGrain, .3
  aFade linseg 0, min(.3, p7 * .5), 1, max(p7 - .3, .01), 1, max(p3 - p7 - .02, .01), 0
  kOpen = 400 * 24 ^ p9 + p4
  Play butlp(aLeft + aOctaves, kOpen) * aFade * (.3 + .7 * p5), butlp(aRight + aOctaves, kOpen) * aFade * (.3 + .7 * p5)
endin

; A sung vowel: five formants (fof, Rodet 1984; values of Csound's manual, appendix D): p8 contour, p9 vowel (0 a, 1 e, 2 i, 3 o, 4 u),
; p10 vibrato
giF1 ftgen 0, 0, -5, -2, 650, 400, 290, 400, 350
giF2 ftgen 0, 0, -5, -2, 1080, 1700, 1870, 800, 600
giF3 ftgen 0, 0, -5, -2, 2650, 2600, 2800, 2600, 2700
giG2 ftgen 0, 0, -5, -2, .5, .2, .18, .31, .1
giG3 ftgen 0, 0, -5, -2, .45, .25, .13, .25, .14
giRise ftgen 0, 0, 1024, 19, .5, .5, 270, .5
instr Formants
  kPitch = p4 * (1 + .008 * p10 * lfo:k(1, 5.4) * linseg:k(0, .4, 1, 9, 1))
  iVowel = int(p9)
  aVoice fof .5, kPitch, table:i(iVowel, giF1), 0, 40, .003, .02, .007, 60, giWaveA, giRise, p3
  aVoice = aVoice + fof(.5 * table:i(iVowel, giG2), kPitch, table:i(iVowel, giF2), 0, 70, .003, .02, .007, 60, giWaveA, giRise, p3)
  aVoice = aVoice + fof(.5 * table:i(iVowel, giG3), kPitch, table:i(iVowel, giF3), 0, 110, .003, .02, .007, 60, giWaveA, giRise, p3)
  aShape Contour p8
  aOther vdelay aVoice, 14 + 2 * poscil:a(1, .7), 60
  Play (aVoice + aOther * .3) * aShape, (aVoice * .6 + aOther * .7) * aShape
endin

; Noise that has a pitch: narrow bands at the note and its octaves: p8 contour, p9 bright, p10 narrowness (how much of a tone it is)
instr TunedNoise
  iWide = p4 * (.16 - .145 * p10)
  aLeft = reson(Band(40, 15000), p4, iWide, 2) + reson(Band(40, 15000), p4 * 2, iWide * 2, 2) * p9 + reson(Band(40, 15000), p4 * 4, iWide * 4, 2) * p9 * .7
  aRight = reson(Band(40, 15000), p4, iWide, 2) + reson(Band(40, 15000), p4 * 2, iWide * 2, 2) * p9 + reson(Band(40, 15000), p4 * 4, iWide * 4, 2) * p9 * .7
  aShape Contour p8
  Play aLeft * aShape, aRight * aShape
endin

; A bass whose filter goes up and down in tempo: p8 turns a second, p9 bright, p10 resonance, p11 dirt
instr Wobble
  kPhase phasor p8, .75
  kUp = .5 + .5 * sin(2 * $M_PI * kPhase)
  aSaw = vco2(.35, p4, 0) + vco2(.35, p4 * 1.007, 0) + vco2(.3, p4 * .5, 10)
  kOpen = 90 + (400 + 4600 * p9) * kUp * kUp
  aOut moogladder aSaw, kOpen, .2 + .55 * p10
  aOut = tanh(aOut * (1.5 + 6 * p11)) * .6 + poscil(.3, p4)
  aFade linseg 0, .006, 1, max(p7 - .006, .01), 1, max(p3 - p7 - .02, .01), 0
  Play aOut * aFade * (.4 + .6 * p5), aOut * aFade * (.4 + .6 * p5)
endin

; A pad cut into a rhythm: p8 cuts a second, p9 bright, p10 detune, p11 how long each stays open
instr Gated
  iWide = .003 + .012 * p10
  aLeft = vco2(.3, p4 * (1 - iWide), 0) + vco2(.3, p4, 0) + vco2(.25, p4 * 2.003, 0)
  aRight = vco2(.3, p4 * (1 + iWide), 0) + vco2(.3, p4 * 1.001, 0) + vco2(.25, p4 * 1.997, 0)
  kPhase phasor p8
  kCut = (kPhase < .25 + .45 * p11 ? 1 : 0)
  aCut = tonex(interp(port:k(kCut, .002)), 180, 1)
  kOpen = 300 * 30 ^ p9 + p4
  aFade linseg 0, .006, 1, max(p7 - .006, .01), 1, max(p3 - p7 - .02, .01), 0
  aShape = aCut * aFade * (.4 + .6 * p5)
  Play butlp(aLeft, kOpen) * aShape, butlp(aRight, kOpen) * aShape
endin

; One oscillator started anew by another: p8 contour, p9 bright (the follower's pitch), p10 sweep
instr HardSync
  kRatio = (1.2 + 3.6 * p9) * (1 + p10 * expseg:k(1, .6, .15, 4, .1))
  aPhase, aBack syncphasor p4, a(0)
  aFollow, aNone syncphasor p4 * kRatio, aBack
  aOut = butlp((aFollow * 2 - 1) * .6, 2500 + 9000 * p9)
  aOut = dcblock2(aOut) * Contour(p8)
  Play aOut, aOut
endin

; Drawbars (nine sines as on a tone-wheel organ): p8 bright (upper bars), p9 percussion, p10 rotor (0 still, 1 fast)
instr Drawbars
  aOut = poscil(.3, p4 * .5) + poscil(.4, p4) + poscil(.3, p4 * 1.5) + poscil(.3, p4 * 2) * (.4 + .6 * p8)
  aOut = aOut + (poscil(.25, p4 * 3) + poscil(.25, p4 * 4) + poscil(.18, p4 * 6) + poscil(.16, p4 * 8)) * p8
  aOut = aOut + poscil(.6 * p9, p4 * 3) * expon:a(1, .22, .001) + Burst(.004, 5000) * .05
  kTurn lfo p10, .8 + 5.8 * p10
  aFade linseg 0, .006, 1, max(p7 - .006, .01), 1, max(p3 - p7 - .02, .01), 0
  aOut = aOut * aFade * (.4 + .6 * p5)
  Play aOut * (1 + .35 * kTurn), aOut * (1 - .35 * kTurn)
endin

; Square, its quarter and the triangle in steps of four bits, as consoles had: p8 width (0 square … 1 an eighth), p9 triangle,
; p10 vibrato
instr Chiptune
  kPitch = p4 * (1 + .01 * p10 * lfo:k(1, 6.5) * linseg:k(0, .2, 0, .2, 1, 9, 1))
  if p9 > .5 then
    aOut vco2 .7, kPitch, 12
    aOut = int(aOut * 8) / 8
  else
    aOut vco2 .4, kPitch, 2, .5 - .375 * p8
  endif
  aFade linseg 0, .002, 1, max(p7 - .02, .01), .75, .02, 0, 9, 0
  Play aOut * aFade * (.4 + .6 * p5), aOut * aFade * (.4 + .6 * p5)
endin

; The bass of acid: one saw, a resonant filter that closes fast (after Roland's TB-303): p8 bright, p9 resonance, p10 sweep, p11 dirt
instr AcidBass
  aSaw vco2 .6, p4, 0
  kEnv expseg 1, .16 + .2 * (1 - p10), .04, 6, .02
  kOpen = limit(160 * 14 ^ p8 + 3800 * p10 * kEnv * (.4 + .6 * p5), 60, 12000)
  aOut moogladder aSaw, kOpen, .3 + .55 * p9
  aOut = tanh(aOut * (1.5 + 7 * p11)) * .7
  aFade linseg 0, .003, 1, max(p7 - .003, .01), .7, max(p3 - p7 - .02, .01), 0
  Play aOut * aFade, aOut * aFade
endin
