/** Clicks on the beats of what sounds. They are planned ahead in the audio's own time. */
import { audio } from './context.js';
import { settings } from '../core/settings.js';
import { nextLine, sounding } from './player.js';

const ahead = 0.12;
let planned = null;

function click(when, isFirst) {
  const { context, master } = audio();
  const tone = context.createOscillator(), gain = context.createGain();
  tone.frequency.value = isFirst ? 1760 : 1175;
  gain.gain.setValueAtTime(isFirst ? 0.3 : 0.18, when);
  gain.gain.exponentialRampToValueAtTime(0.001, when + 0.04);
  tone.connect(gain).connect(master);
  tone.start(when);
  tone.stop(when + 0.05);
}

function plan() {
  const sound = sounding();
  if (!settings.metronome || !sound?.bpm) {
    planned = null;
    return;
  }
  const { context } = audio(), beat = 60 / sound.bpm;
  if (planned?.sound !== sound) planned = { sound, until: Math.max(context.currentTime, sound.began) };
  for (let rounds = 0; rounds < 32; rounds++) {
    const { when, index } = nextLine(planned.until, beat);
    if (when > context.currentTime + ahead) return;
    if (when >= context.currentTime - 0.01) click(Math.max(when, context.currentTime), index % 4 === 0);
    planned.until = when + Math.min(0.02, beat / 4);
  }
}

export function startMetronome() {
  setInterval(plan, 30);
}
