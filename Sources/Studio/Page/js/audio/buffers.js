/** Decoded sound, kept by address. What was heard longest ago goes first when there is too much. */
import { audio } from './context.js';

const limit = 320e6;
/** @type {Map<string, {buffer?: AudioBuffer, promise: Promise<AudioBuffer>, bytes: number}>} */
const kept = new Map();
let total = 0;

async function load(url) {
  const answer = await fetch(url, { credentials: 'same-origin' });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail ?? 'The sound of this clip could not be read.');
  }
  return audio().context.decodeAudioData(await answer.arrayBuffer());
}

/** @param {string} url @returns {AudioBuffer|undefined} what is there now */
export function peek(url) {
  return kept.get(url)?.buffer;
}

/** @param {string} url @returns {Promise<AudioBuffer>} */
export function sound(url) {
  const found = kept.get(url);
  if (found) {
    kept.delete(url);
    kept.set(url, found);
    return found.promise;
  }
  const entry = { bytes: 0, promise: load(url) };
  kept.set(url, entry);
  entry.promise.then(
    (buffer) => {
      entry.buffer = buffer;
      entry.bytes = buffer.length * buffer.numberOfChannels * 4;
      total += entry.bytes;
      trim();
    },
    () => kept.delete(url));
  return entry.promise;
}

function trim() {
  for (const [url, entry] of kept) {
    if (total <= limit || kept.size <= 4) return;
    if (!entry.buffer) continue;
    kept.delete(url);
    total -= entry.bytes;
  }
}

export function forget(url) {
  const entry = kept.get(url);
  if (!entry) return;
  kept.delete(url);
  total -= entry.bytes;
}

/** Loads in the background; what cannot be loaded is said when it is played. */
export function prefetch(urls) {
  for (const url of urls) sound(url).catch(() => {});
}
