/** One level for all clips: by their loudness, and never past full scale. */
import { store } from '../core/store.js';
import { settings } from '../core/settings.js';

const power = (decibels) => 10 ** (decibels / 20);

/** @param {AudioBuffer} buffer @returns {{rms: number, peak: number}} */
export function measure(buffer) {
  let sum = 0, peak = 0;
  const values = buffer.getChannelData(0);
  for (const value of values) {
    sum += value * value;
    peak = Math.max(peak, Math.abs(value));
  }
  return { rms: Math.sqrt(sum / Math.max(1, values.length)), peak };
}

/**
 * The factor that makes a clip as loud as the others.
 * @param {{loudness?: number, peak?: number}} clip
 * @param {AudioBuffer} buffer
 */
export function levelOf(clip, buffer) {
  if (!settings.level) return 1;
  const goal = store.status?.audio?.lufs ?? -18;
  let { loudness, peak } = clip;
  if (!Number.isFinite(loudness) || !peak) {
    const heard = measure(buffer);
    if (!Number.isFinite(loudness)) loudness = 20 * Math.log10(heard.rms + 1e-9);
    peak ||= heard.peak;
  }
  if (loudness < -60) return 1;
  return Math.min(power(goal - loudness), 0.98 / Math.max(peak, 1e-4), power(24));
}
