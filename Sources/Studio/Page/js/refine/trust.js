/** Trust: how new it is, what it is nearest to, and everything that made it. */
import { api } from '../core/api.js';
import { attempt, button, el, replace, say } from '../core/dom.js';
import { share } from '../core/format.js';
import { icons } from '../core/icons.js';
import { on, store } from '../core/store.js';
import { send } from '../ask/ask.js';
import { sound } from '../audio/buffers.js';
import { compare, sideOf } from '../audio/clips.js';
import { drawWave } from '../hear/wave.js';
import { address } from '../core/api.js';
import { again } from './asks.js';

const verdict = el('p', { class: 'verdict' }), list = el('ul', { class: 'nearest' }),
  made = el('dl', { class: 'facts-list' });
const scale = el('meter', { min: '0', max: '2', low: '0.3', high: '1', optimum: '2', 'aria-label': 'Novelty' });
let clip = null, shownFor = '';
/** What was measured when a clip was looked at, by its id. */
const measured = new Map();

function words(novelty) {
  if (novelty === undefined || novelty === null) return 'Its novelty was not measured.';
  const say_ = novelty < 0.3 ? 'a near copy' : novelty < 1 ? 'nearer than real clips are to each other'
    : 'as new as a real recording, or newer';
  return `Novelty ${novelty.toFixed(2)}: ${say_}.`;
}

function showNovelty() {
  const value = measured.get(clip.id) ?? clip.novelty;
  verdict.textContent = words(value);
  scale.hidden = !Number.isFinite(value);
  if (!scale.hidden) scale.value = Math.min(2, value);
}

/** A training clip: its caption, how near it is, its sound beside the clip's. */
function nearOne(one) {
  const wave = el('canvas', { class: 'wave', hidden: true, 'aria-hidden': 'true' }), name = `${one.model} ${one.number}`;
  async function beside() {
    await compare(sideOf(clip), { id: name, url: one.url, title: one.caption }, 1);
    const buffer = await sound(one.url).catch(() => null);
    wave.hidden = !buffer;
    if (buffer) requestAnimationFrame(() => drawWave(wave, buffer));
  }
  return el('li', {}, el('span', { class: 'words', text: one.caption, title: one.file ?? '' }),
    el('span', { class: 'soft', text: share(one.likeness), title: '100 % is the same sound' }),
    one.url ? button({ text: 'Side by side', icon: icons.swap, title: 'Both at the same place; b swaps them', run: beside })
      : el('span', { class: 'soft', text: one.reason ?? 'Its sound is not here.' }), wave);
}

function nearOnes(answer) {
  if (Number.isFinite(answer.novelty)) measured.set(clip.id, answer.novelty);
  showNovelty();
  replace(list, ...answer.clips.map(nearOne));
  if (!answer.clips.length) replace(list, el('li', { class: 'soft', text: 'Nothing is known of the training clips.' }));
}

function flat(value, name = '') {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.length
    ? [[name, value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : one)).join(', ')]] : [];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, name ? `${name} ${key}` : key));
}

/** Makes it again from its request, and says whether every sample is the same. */
async function replay() {
  const original = clip, known = again(original);
  if (!known) throw new Error('How this clip was asked for is not known any more.');
  const job = await send(known.job, { show: false });
  if (!job) return;
  say('It is made again');
  const end = on('clip', async ({ clip: second }) => {
    if (second.group !== job.group || second.draft || second.take !== known.take) return;
    end();
    const both = [store.clips.get(original.id) ?? original, second];
    const buffers = await Promise.all(both.map((one) => sound(address.audio(one))));
    const [a, b] = buffers.map((one) => one.getChannelData(0));
    const same = a.length === b.length && a.every((value, i) => value === b[i]);
    say(same ? 'Made again: the same, sample for sample' : 'Made again: it differs', { bad: !same });
  });
}

const element = el('div', { class: 'trust' },
  el('section', {}, el('h3', { text: 'Novelty' }), scale, verdict),
    el('section', {}, el('h3', { text: 'Nearest training clips' }), list),
  el('section', {}, el('h3', { text: 'Everything that made it' }), made, el('div', { class: 'buttons' },
    button({ text: 'Make it again', title: 'The same request: says whether every sample is the same',
      run: () => attempt(replay) }),
    button({ text: 'Copy as JSON', icon: icons.copy, title: 'The request, for scripts',
      run: () => attempt(async () => { await navigator.clipboard.writeText(JSON.stringify(clip.request ?? {}, null,
      2)); say('Copied'); }) }))));

export const trust = {
  name: 'trust', title: 'Trust', explained: 'How new it is, and what made it', element,
  show(next) {
    clip = next;
    showNovelty();
    const rows = [['file', clip.file], ['model', clip.model], ['seed', clip.seed],
      ...flat(clip.request ?? {}).filter(([name]) => !['seed', 'model'].includes(name))];
    replace(made, ...rows.filter(([, value]) => value !== undefined
      && value !== '').flatMap(([name, value]) => [el('dt', { text: name }), el('dd', { text: String(value) })]));
    if (shownFor === clip.id) return;
    shownFor = clip.id;
    replace(list, el('li', { class: 'soft', text: '…' }));
    api.nearest(clip.id).then((answer) => { if (store.chosen === clip.id) nearOnes(answer); },
      (error) => replace(list, el('li', { class: 'soft', text: error.message })));
  },
};
