; The end of the chain: what the caption says of room and effects. Runs for the whole clip.
;
; p4 drive, p5 low-pass hertz (0 none), p6 high-pass hertz (0 none), p7 chorus, p8 delay's seconds (0 none), p9 its feedback,
; p10 its level, p11 tape, p12 room's level, p13 its size (feedback of reverbsc), p14 its damping in hertz, p15 seconds before it
;
; Sources: reverbsc (Costello's eight-delay network), chorus and tape by modulated delays (Dattorro 1997), saturation by tanh.

instr Finish
  ; Pulse waves have a mean; nobody hears it.
  aLeft buthp gaLeft, 14
  aRight buthp gaRight, 14
  gaLeft = 0
  gaRight = 0
  if p4 > 0 then
    iGain = 1 + 14 * p4
    aLeft = tanh(aLeft * iGain) / (1 + 2 * p4)
    aRight = tanh(aRight * iGain) / (1 + 2 * p4)
    aLeft butlp aLeft, 7500
    aRight butlp aRight, 7500
  endif
  if p5 > 0 then
    aLeft = butlp(butlp(aLeft, p5), p5)
    aRight = butlp(butlp(aRight, p5), p5)
  endif
  if p6 > 0 then
    aLeft = buthp(butlp(aLeft, 3400), p6)
    aRight = buthp(butlp(aRight, 3400), p6)
  endif
  if p7 > 0 then
    aVoiceL vdelay3 aLeft, 14 + 3.5 * poscil:a(1, .63), 40
    aVoiceR vdelay3 aRight, 17 + 3.5 * poscil:a(1, .81), 40
    aLeft = aLeft * .75 + aVoiceL * p7 * .75
    aRight = aRight * .75 + aVoiceR * p7 * .75
  endif
  if p11 > 0 then
    aWow = 6 + 2.4 * p11 * poscil:a(1, .7) + .35 * p11 * poscil:a(1, 8.3)
    aLeft vdelay3 tanh(aLeft * 1.6) * .7, aWow, 30
    aRight vdelay3 tanh(aRight * 1.6) * .7, aWow, 30
    aLeft = butlp(aLeft, 9000 - 4500 * p11) + Band(1500, 8000) * .004 * p11
    aRight = butlp(aRight, 9000 - 4500 * p11) + Band(1500, 8000) * .004 * p11
  endif
  if p8 > 0 then
    ; To and fro: what is heard left first comes back right.
    aBackL init 0
    aBackR init 0
    aEchoL delay aLeft * .5 + aRight * .5 + aBackR * p9, max(p8, .01)
    aEchoR delay aBackL, max(p8, .01)
    aBackL = butlp(aEchoL, 5200)
    aBackR = butlp(aEchoR, 5200)
    aLeft = aLeft + aEchoL * p10
    aRight = aRight + aBackR * p10
  endif
  if p12 > 0 then
    aSendL delay aLeft, max(p15, .001)
    aSendR delay aRight, max(p15, .001)
    aRoomL, aRoomR reverbsc aSendL, aSendR, p13, p14, sr, .3, 0
    aLeft = aLeft * (1 - .45 * p12) + aRoomL * p12
    aRight = aRight * (1 - .45 * p12) + aRoomR * p12
  endif
  outs aLeft, aRight
endin
