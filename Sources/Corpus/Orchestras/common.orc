; What every instrument here stands on. Csound 6.18; opcode names are those of its manual.
;
; An event of a sound: p4 its place between the ears when it begins (0 left, 1 right), p5 when it ends, p6 and on its
; parameters, in the order of the catalogue. Unless a unit is named, a parameter goes from 0 to 1. All chance comes from
; Csound's own generators, which instrument Begin seeds anew for each clip.

sr = 44100
ksmps = 64
nchnls = 2
0dbfs = 1

; What the instruments play into, and the room (instrument Finish) hears.
gaLeft init 0
gaRight init 0

; Ratios of partials. Bars, planks, glass: the modal tables of Csound's manual (appendix D) after Cook, "Real Sound
; Synthesis" (2002); the bell: Risset, "An Introductory Catalogue of Computer Synthesized Sounds" (1969).
giBar ftgen 0, 0, -6, -2, 1, 2.756, 5.423, 8.988, 13.448, 18.680
giPlank ftgen 0, 0, -7, -2, 1, 1.47, 2.09, 2.56, 3.932, 5.2, 7.3
giBox ftgen 0, 0, -8, -2, 1, 1.31, 1.88, 2.13, 2.71, 3.3, 4.4, 6.1
giGlass ftgen 0, 0, -5, -2, 1, 2.32, 4.25, 6.63, 9.38
giLid ftgen 0, 0, -6, -2, 1, 3.2, 6.23, 6.27, 9.92, 14.15
giPlate ftgen 0, 0, -18, -2, 1, 1.52, 1.94, 2.42, 2.74, 3.37, 3.61, 4.06, 4.71, 5.16, 5.98, 6.49, 7.41, 8.27, 9.13, 10.7, 12.2, 14.6
giBell ftgen 0, 0, -9, -2, .56, .92, 1.19, 1.71, 2, 2.74, 3, 3.76, 4.07
giChurch ftgen 0, 0, -11, -2, .5, 1, 1.183, 1.506, 2, 2.514, 2.662, 3.011, 4.166, 5.433, 6.796
; What a string is like when it is plucked: partials that fall by 4 dB an octave, in phases that differ.
giPick ftgen 0, 0, 4096, 9, 1, 1, 0, 2, .62, 70, 3, .48, 150, 4, .4, 20, 5, .34, 200, 6, .31, 110, 7, .28, 300, 8, .25, 40, 9, .23, 170, 10, .21, 260, 11, .2, 90, 12, .19, 330, 13, .18, 10, 14, .17, 210, 16, .15, 130, 18, .14, 280, 20, .13, 60
giSteel ftgen 0, 0, -10, -2, 1, 1.68, 2.41, 2.93, 3.87, 4.92, 5.78, 7.24, 8.61, 11.3

; Before a clip: the generators' start, and silence in the bus.
instr Begin
  seed p4
  gaLeft = 0
  gaRight = 0
endin

; A mono sound at its place, by equal power, moving in a straight line from iFrom to iTo while the event lasts.
opcode Place, 0, aii
  aIn, iFrom, iTo xin
  kPan line iFrom, p3, iTo
  gaLeft = gaLeft + aIn * cos(kPan * $M_PI_2)
  gaRight = gaRight + aIn * sin(kPan * $M_PI_2)
endop

; Two channels as they are: for sounds that surround.
opcode Around, 0, aa
  aLeft, aRight xin
  gaLeft = gaLeft + aLeft
  gaRight = gaRight + aRight
endop

; A time on the grid of control periods, and a quarter beside it, so that it is never rounded two ways.
opcode Grid, i, i
  iSeconds xin
  xout (int(iSeconds * kr) + .25) / kr
endop

; Plays a part of a sound within it: never longer than the whole, so that nothing sounds on into another clip.
opcode Sow, 0, Siiiiiii
  SName, iStart, iSeconds, iFrom, iTo, i6, i7, i8 xin
  iRest = p3 - iStart - .01
  if iRest > .01 then
    ; Three tenths of a period more, or start and length together would lie half-way between two.
    schedule SName, Grid(iStart), Grid(min(iSeconds, iRest)) + .3 / kr, iFrom, iTo, i6, i7, i8
  endif
endop

; Exponential decay by 60 dB in iSeconds, for as long as it is asked for.
opcode Decay, a, i
  iSeconds xin
  aOut expon 1, iSeconds, .001
  xout aOut
endop

; Fades the last of an event, so that it never ends with a click.
opcode Close, a, ai
  aIn, iSeconds xin
  aFade linseg 1, max(p3 - iSeconds, .001), 1, min(iSeconds, p3), 0
  xout aIn * aFade
endop

; A burst of noise below iHertz that dies away in iSeconds: the knock of most impacts.
opcode Burst, a, ii
  iSeconds, iHertz xin
  aNoise noise 1, 0
  aNoise butlp aNoise, iHertz
  xout aNoise * Decay(iSeconds)
endop

; Struck partials (modal synthesis, Adrien 1991; Cook 2002): iHertz times each ratio of a table, all but the first a little out
; of tune, as no two things are alike. The lowest rings iSeconds (60 dB), the others shorter by iDamping (0 alike, 1 much shorter);
; iBright says how loud the upper ones are.
opcode Modes, a, iiiiio
  iHertz, iTable, iSeconds, iDamping, iBright, iIndex xin
  iRatio table iIndex, iTable
  iFrequency = iHertz * iRatio * (iIndex > 0 ? random:i(.99, 1.01) : 1)
  iTime = iSeconds * random:i(.8, 1.2) / max(1, iRatio) ^ iDamping
  iLevel = random:i(.5, 1) * max(1, iRatio) ^ (1.6 * (iBright - 1))
  if iFrequency < 16000 then
    aOut poscil iLevel * expon:a(1, iTime, .001), iFrequency
  else
    aOut = 0
  endif
  if iIndex + 1 < ftlen(iTable) then
    aRest Modes iHertz, iTable, iSeconds, iDamping, iBright, iIndex + 1
    aOut = aOut + aRest
  endif
  xout aOut
endop

; Grains: impulses at random moments, kRate a second, each ringing briefly near iHertz (two resonances, an octave apart).
opcode Grains, a, kii
  kRate, iHertz, iSharp xin
  aDust dust2 1, kRate
  aLow reson aDust, iHertz, iHertz / iSharp, 2
  aHigh reson aDust, iHertz * 2.1, iHertz * 2.1 / iSharp, 2
  xout (aLow + aHigh * .7) * 6
endop

; White noise between two frequencies.
opcode Band, a, kk
  kLow, kHigh xin
  aNoise noise 1, 0
  aNoise buthp aNoise, kLow
  xout butlp(aNoise, kHigh)
endop

; A slow random line between kLow and kHigh, with kRate turns a second.
opcode Drift, k, kkk
  kLow, kHigh, kRate xin
  kOut rspline kLow, kHigh, kRate * .7, kRate * 1.4
  xout kOut
endop
