/**
 * What sounds. One or several sounds that run together: a clip; two that are compared; the stems of an idea. They begin
 * at one sample, loop without a gap, and each has a fader.
 */
import { audio, wake } from './context.js';
import { emit } from '../core/store.js';
import { settings } from '../core/settings.js';

/** @typedef {{name: string, buffer: AudioBuffer, level: number, fader?: number}} Part */

const short = 0.008;
/** @type {null|{owner: string, parts: Map<string, any>, began: number, from: number, length: number, loop: boolean,
 * region: null|{start: number, end: number}, bpm?: number, ends: number}} */
let now = null;
let waiting = null;
let ticket = 0;

export const sounding = () => now;
export const queued = () => waiting?.owner ?? null;

/** Whoever starts a sound takes a ticket; when its sound has loaded it is played only if nothing newer was asked for. */
export const takeTicket = () => ++ticket;
export const isCurrent = (taken) => taken === ticket;

/** Seconds into the sound, as it is heard now. */
export function position() {
  if (!now) return 0;
  const { context } = audio();
  const passed = Math.max(0, context.currentTime - now.began);
  return place(passed);
}

function place(passed) {
  const at = now.from + passed;
  if (!now.loop) return Math.min(at, now.length);
  const start = now.region?.start ?? 0, end = now.region?.end ?? now.length;
  return at < end ? at : start + ((at - start) % (end - start));
}

/**
 * The first line of a grid of `unit` seconds that the sound passes at or after a time of the context. A loop begins its
 * grid anew.
 * @returns {{when: number, index: number}} index counts lines from the clip's beginning
 */
export function nextLine(after, unit) {
  const at = place(Math.max(0, after - now.began)), end = now.region?.end ?? now.length;
  let index = Math.ceil(at / unit - 1e-4), line = index * unit;
  if (now.loop && line > end - 0.02) {
    const start = now.region?.start ?? 0;
    index = Math.ceil(start / unit - 1e-4);
    line = end + index * unit - start;
  }
  return { when: after + line - at, index };
}

function nextBar() {
  const { context } = audio();
  return nextLine(context.currentTime + 0.01, 240 / now.bpm).when;
}

/**
 * @param {string} owner the clip's id, or another name
 * @param {Part[]} parts
 * @param {{from?: number, loop?: boolean, region?: null|{start: number, end: number}, bpm?: number, inTempo?: boolean,
 *   title?: string, when?: number}} [options]
 */
export function start(owner, parts, options = {}) {
  wake();
  const { context } = audio();
  const inTempo = (options.inTempo ?? settings.inTempo) && now?.bpm && now.owner !== owner;
  const when = options.when ?? (inTempo ? nextBar() : context.currentTime);
  release(when);
  waiting?.end(context.currentTime);
  const next = build(owner, parts, { ...options, when });
  const delay = (when - context.currentTime) * 1000;
  if (delay < 20) return take(next);
  const timer = setTimeout(() => { waiting = null; take(next); }, delay);
  waiting = { owner, end: (at) => { clearTimeout(timer); silence(next, at); } };
  emit('queued', owner);
}

function build(owner, parts, { from, loop = settings.loop, region = null, bpm, title, when }) {
  const { context, master } = audio();
  const length = Math.max(...parts.map((part) => part.buffer.duration));
  const begin = from ?? region?.start ?? 0;
  const made = { owner, parts: new Map(), began: when, from: begin, length, loop, region, bpm, title, ends: 0 };
  for (const part of parts) {
    const source = context.createBufferSource(), fader = context.createGain();
    source.buffer = part.buffer;
    source.loop = loop;
    if (region) [source.loopStart, source.loopEnd] = [region.start, region.end];
    const value = part.level * (part.fader ?? 1);
    // A clip's own beginning is left as it is; one that starts within a sound is faded in.
    fader.gain.setValueAtTime(begin > 0 ? 0 : value, when);
    if (begin > 0) fader.gain.linearRampToValueAtTime(value, when + short);
    source.connect(fader).connect(master);
    source.start(when, Math.min(begin, part.buffer.duration));
    if (!loop && region) source.stop(when + region.end - begin);
    source.onended = () => { if (now === made && ++made.ends === made.parts.size) finish(); };
    made.parts.set(part.name, { source, fader, level: part.level, value: part.fader ?? 1 });
  }
  return made;
}

function take(next) {
  now = next;
  emit('sound', next.owner);
}

function silence(sounds, at) {
  for (const { source, fader } of sounds.parts.values()) {
    source.onended = null;
    fader.gain.cancelScheduledValues(at);
    fader.gain.setTargetAtTime(0, at, short / 4);
    source.stop(at + 2 * short);
  }
}

function release(at) {
  if (now) silence(now, at);
}

function finish() {
  now = null;
  emit('sound', null);
}

export function stop() {
  ticket += 1;
  const { context } = audio();
  waiting?.end(context.currentTime);
  waiting = null;
  release(context.currentTime);
  finish();
}

/** Moves a part's fader, without a click. */
export function fade(name, value, seconds = 0.03) {
  const part = now?.parts.get(name);
  if (!part) return;
  const { context } = audio();
  part.value = value;
  part.fader.gain.cancelScheduledValues(context.currentTime);
  part.fader.gain.setValueAtTime(part.fader.gain.value, context.currentTime);
  part.fader.gain.linearRampToValueAtTime(part.level * value, context.currentTime + seconds);
}

/** Another level for a part that sounds. */
export function relevel(name, level) {
  const part = now?.parts.get(name);
  if (!part) return;
  part.level = level;
  fade(name, part.value);
}

/** Loops or does not, from now on. */
export function setLoop(loop) {
  if (!now || now.loop === loop) return;
  const at = position(), { context } = audio();
  now.from = at;
  now.began = context.currentTime;
  now.loop = loop;
  for (const { source } of now.parts.values()) source.loop = loop;
}
