/** A short tone: how high a note is. */
import { audio, wake } from './context.js';

/** @param {number} pitch as MIDI numbers it */
export function blip(pitch) {
  wake();
  const { context, master } = audio(), tone = context.createOscillator(), gain = context.createGain(),
    now = context.currentTime;
  tone.type = 'triangle';
  tone.frequency.value = 440 * 2 ** ((pitch - 69) / 12);
  gain.gain.setValueAtTime(0.22, now);
  gain.gain.exponentialRampToValueAtTime(0.001, now + 0.25);
  tone.connect(gain).connect(master);
  tone.start(now);
  tone.stop(now + 0.26);
}
