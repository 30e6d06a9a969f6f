/** Playing clips: alone, or two at the same place. */
import { address } from '../core/api.js';
import { attempt, say } from '../core/dom.js';
import { settings } from '../core/settings.js';
import { choose, emit, on, store } from '../core/store.js';
import { peek, prefetch, sound } from './buffers.js';
import { levelOf } from './level.js';
import * as player from './player.js';

const partOf = (clip, buffer, fader) => ({ name: clip.id, buffer, level: levelOf(clip, buffer), fader });

/** @param {string} id @param {object} [options] as of the player */
export function playClip(id, options = {}) {
  const clip = store.clips.get(id);
  if (!clip) return;
  endComparison();
  const ticket = player.takeTicket(), url = address.audio(clip), there = peek(url);
  const begin = (buffer) => player.start(id, [partOf(clip, buffer)], { bpm: clip.bpm, ...options });
  if (there) return begin(there);
  attempt(async () => {
    const buffer = await sound(url);
    if (player.isCurrent(ticket)) begin(buffer);
  });
}

/** A sound that is no clip of the library, as one of a training: plays, or stops. */
export async function playSound(name, url, title) {
  if (player.sounding()?.owner === name) return player.stop();
  endComparison();
  const ticket = player.takeTicket(), buffer = await attempt(() => sound(url));
  if (!buffer || !player.isCurrent(ticket)) return undefined;
  return player.start(name, [{ name, buffer, level: levelOf({}, buffer) }], { title, inTempo: false });
}

/** Space: the chosen clip plays, or stops. A marked stretch of it is what plays. */
export function toggleClip(id) {
  if (player.sounding() && (player.sounding().owner === id || compared)) return player.stop();
  const { stretch } = store;
  playClip(id, stretch?.id === id ? { region: { start: stretch.start, end: stretch.end }, inTempo: false } : {});
}

export const prefetchClips = (ids) =>
  prefetch(ids.map((id) => store.clips.get(id)).filter(Boolean).map(address.audio));

/** @type {null|{a: any, b: any, mix: number}} */
let compared = null;
export const comparison = () => compared;

/**
 * Both run together, from where the sounding one is; the fader says which is heard.
 * @param {{id: string, url: string, clip?: object}} a
 * @param {{id: string, url: string, clip?: object}} b
 */
export async function compare(a, b, mix = 1) {
  const ticket = player.takeTicket();
  const buffers = await attempt(() => Promise.all([sound(a.url), sound(b.url)]));
  if (!buffers || !player.isCurrent(ticket)) return;
  const from = player.sounding() ? player.position() : 0;
  const shares = [Math.cos((mix * Math.PI) / 2), Math.sin((mix * Math.PI) / 2)];
  const parts = [a, b].map((side, i) => (
    { name: side.id, buffer: buffers[i], level: levelOf(side.clip ?? {}, buffers[i]), fader: shares[i] }));
  player.start(mix > 0.5 ? b.id : a.id, parts,
    { from: from % Math.min(...buffers.map((buffer) => buffer.duration)), loop: true, inTempo: false,
      bpm: a.clip?.bpm });
  compared = { a, b, mix };
  chooseHeard();
  emit('comparison', compared);
}

/** What is heard is what keys act on. */
function chooseHeard() {
  const heard = player.sounding()?.owner;
  if (heard && store.chosen !== heard) choose(heard, { silent: true });
}

export const sideOf = (clip) => ({ id: clip.id, url: address.audio(clip), clip, title: clip.prompt });

/** 0 is A alone, 1 is B alone; between them both, at equal power. */
export function setMix(mix, seconds = 0.05) {
  if (!compared) return;
  compared.mix = mix;
  player.fade(compared.a.id, Math.cos((mix * Math.PI) / 2), seconds);
  player.fade(compared.b.id, Math.sin((mix * Math.PI) / 2), seconds);
  const playing = player.sounding();
  if (playing) playing.owner = mix > 0.5 ? compared.b.id : compared.a.id;
  chooseHeard();
  emit('comparison', compared);
  emit('sound', playing?.owner ?? null);
}

/** Whichever side is not heard. */
export function swap() {
  if (!compared) return;
  setMix(compared.mix > 0.5 ? 0 : 1);
  say(compared.mix > 0.5 ? 'B sounds' : 'A sounds');
}

export function endComparison() {
  if (!compared) return;
  compared = null;
  emit('comparison', null);
}

/** The full clip takes the place of its preview, where it sounds too. */
export function startSwaps() {
  on('clip', async ({ clip, former }) => {
    if (!former?.draft || clip.draft) return;
    const url = address.audio(clip);
    const buffer = await sound(url).catch(() => null);
    const playing = player.sounding();
    if (!buffer || playing?.owner !== clip.id || compared) return;
    player.start(clip.id, [partOf(clip, buffer)], {
      from: Math.min(player.position(), buffer.duration - 0.01), loop: playing.loop, region: playing.region,
        bpm: clip.bpm,
      inTempo: false,
    });
  });
  on('sound', (owner) => { if (!owner) endComparison(); });
  on('setting', (name) => {
    if (name === 'loop') player.setLoop(settings.loop);
    if (name === 'metronome' && settings.metronome && player.sounding() && !player.sounding().bpm) {
      say('The tempo of this clip is not known: nothing clicks.');
    }
    if (name !== 'level') return;
    for (const [id, { source }] of player.sounding()?.parts ?? []) {
      if (store.clips.has(id)) player.relevel(id, levelOf(store.clips.get(id), source.buffer));
    }
  });
}
