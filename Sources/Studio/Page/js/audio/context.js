/** The audio graph's end: master volume, analyser, speaker. The rate is that of Hiss's clips, so that nothing is resampled. */
import { on } from '../core/store.js';
import { settings } from '../core/settings.js';

let graph = null;

/** @returns {{context: AudioContext, master: GainNode, analyser: AnalyserNode}} */
export function audio() {
  if (graph) return graph;
  const context = new AudioContext({ sampleRate: 44100, latencyHint: 'interactive' });
  const master = context.createGain();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  master.gain.value = settings.volume;
  master.connect(analyser).connect(context.destination);
  graph = { context, master, analyser };
  return graph;
}

/** A browser lets sound out after the first key or click only. */
export function wake() {
  const { context } = audio();
  if (context.state !== 'running') context.resume();
}

export function startAudio() {
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, wake, { capture: true });
  on('setting', (name) => {
    if (name !== 'volume' || !graph) return;
    const { gain } = graph.master, now = graph.context.currentTime;
    gain.cancelScheduledValues(now);
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(settings.volume, now + 0.03);
  });
}
