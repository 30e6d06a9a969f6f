/** A set of ideas on one screen. */
import { api } from '../core/api.js';
import { attempt, button, el, replace, say } from '../core/dom.js';
import { ago } from '../core/format.js';
import { icons } from '../core/icons.js';
import { settings } from '../core/settings.js';
import { choose, learnClips, madeJobs, on, store } from '../core/store.js';
import { playClip, prefetchClips } from '../audio/clips.js';
import { clearRest } from '../pick/actions.js';
import { greeting } from './greeting.js';
import { card } from './card.js';
import { nothing } from './nothing.js';

/** @type {ReturnType<typeof card>[]} */
let cards = [];
/** What is shown: the job and the group, and the ids in the order of their places. */
let set = { group: null, job: null, ids: [], count: 0, heard: true };
let listed = null;
/** The clip of this set that was chosen last: the way back from what was made beside it. */
let last = null;

const title = el('h2', { class: 'set-title' }), detail = el('p', { class: 'soft' });
const earlier = el('select', { 'aria-label': 'Earlier sets', title: 'Sets that were made before' });
const clear = button({ text: 'Clear the rest', icon: icons.bin,
  title: 'All of this set that is not starred goes to the bin', key: 'c',
  run: () => clearRest(set.group) });
const row = el('div', { role: 'row', class: 'cards' });
const grid = el('div', { role: 'grid', class: 'grid', 'aria-label': 'Ideas' }, row);
const head = el('div', { class: 'set-head' }, el('div', { class: 'grow' }, title, detail), earlier, clear);
const element = el('div', { class: 'ideas' }, head, grid);
const welcome = greeting();

export const currentGroup = () => set.group;

export const ideas = {
  name: 'ideas', title: 'Ideas', explained: 'A set of ideas: hear, star, reject', element,
  order: () => set.ids.filter(Boolean),
  columns: () => Math.max(1, cards.filter((one) => one.element.offsetTop === cards[0].element.offsetTop).length),
  focus: (id) => (cardOf(id ?? store.chosen) ?? cardOf(last) ?? cards[0])?.element.focus({ preventScroll: false }),
  show: () => draw(),
};

const cardOf = (id) => cards.find((one) => id && one.clip?.id === id);

/** A job was accepted: its places are there before its sounds are. */
export function expect(job) {
  const within = focusWithin();
  set = { group: job.group, job: job.id, ids: [...(job.clips ?? [])], count: job.count ?? 1, heard: !settings.sound };
  lay();
  if (within) cards[0]?.element.focus();
  for (const clip of store.clips.values()) place(clip);
}

export async function showGroup(group, job) {
  const answer = await attempt(() => api.clips({ group, limit: 64 }));
  if (!answer) return;
  learnClips(answer.clips);
  const clips = answer.clips.sort((a, b) => a.take - b.take), within = focusWithin();
  set = { group, job: job?.id ?? null, ids: clips.map((clip) => clip.id), count: clips.length, heard: true };
  lay();
  if (set.ids[0] && !set.ids.includes(store.chosen)) choose(set.ids[0], { silent: true });
  if (within) ideas.focus();
}

function lay() {
  for (const former of cards) former.forget();
  cards = Array.from({ length: Math.max(set.count, set.ids.length) }, (_, i) => card({ number: i + 1 }));
  replace(row, ...cards.map((one) => one.element));
  row.style.setProperty('--columns', String(columnsFor(cards.length)));
  if (cards[0]) cards[0].element.tabIndex = 0;
  draw();
}

/** Few ideas are shown large. */
const columnsFor = (count) => (count <= 3 ? Math.max(1, count) : count === 4 ? 2 : count <= 6 ? 3 : 4);

function draw() {
  const none = !set.group && !cards.length;
  replace(element, ...(none ? [welcome.element] : [head, grid]));
  if (none) return welcome.show();
  for (const one of cards) one.known = promptOf();
  cards.forEach((one, i) => one.show(store.clips.get(set.ids[i]) ?? null));
  prefetchClips(set.ids.filter(Boolean));
  words();
}

const promptOf = () => store.jobs.get(set.job)?.request?.prompt ?? store.clips.get(set.ids[0])?.prompt ?? '';

function words() {
  const job = store.jobs.get(set.job), first = store.clips.get(set.ids[0]);
  const kinds = { vary: 'More like', redo: 'A stretch again:', continue: 'Goes on from', loop: 'Loop of',
    morph: 'On the way:', stems: 'Stems:' };
  const prompt = promptOf();
  title.textContent = [kinds[job?.kind ?? first?.kind], prompt].filter(Boolean).join(' ');
  const stars = set.ids.filter((id) => store.clips.get(id)?.state === 'picked').length;
  detail.textContent = [`${set.ids.filter(Boolean).length} of ${cards.length}`, stars ? `${stars} starred` : '',
    job?.createdAt ? ago(job.createdAt) : '', ...(job?.notices ?? []), job?.error ?? ''].filter(Boolean).join(' · ');
  const jobs = madeJobs().slice(0, 30), key = jobs.map((one) => `${one.id} ${one.clips.length}`).join();
  // An open list must not change under the hand.
  if (listed === key) return;
  listed = key;
  replace(earlier, el('option', { value: '', text: 'Earlier sets' }),
    ...jobs.map((one) => el('option', { value: one.id,
      text: `${one.request?.prompt ?? one.kind} · ${one.clips.length} · ${ago(one.createdAt)}` })));
  earlier.disabled = !jobs.length;
}

/** A clip of this set takes its place. */
function place(clip) {
  if (!set.group || clip.group !== set.group || clip.state === 'bin') return;
  const known = set.ids.indexOf(clip.id), free = clip.take ? clip.take - 1 : set.ids.length;
  // Its own place; a new one at the end where that is taken, or gone with what was cleared.
  const at = known >= 0 ? known : set.ids[free] || free > cards.length ? cards.length : free;
  if (at >= cards.length) {
    cards.push(card({ number: cards.length + 1 }));
    row.append(cards[cards.length - 1].element);
  }
  set.ids[at] = clip.id;
  cards[at].known = promptOf();
  cards[at].show(clip);
  prefetchClips([clip.id]);
  words();
  if (set.heard) return;
  // The first that is there sounds at once.
  set.heard = true;
  choose(clip.id, { silent: true });
  playClip(clip.id, { inTempo: settings.inTempo });
}

const ended = (job) => ['done', 'failed', 'cancelled'].includes(job?.state);

/** What has ended makes no more: places that nothing came to go. */
function settle(job) {
  const made = set.ids.filter(Boolean);
  if (made.length === cards.length && made.length) return;
  const within = focusWithin();
  [set.ids, set.count] = [made, made.length];
  lay();
  if (!made.length) replace(row, nothing(job));
  if (within) (row.querySelector('.nothing button') ?? cards[0]?.element)?.focus();
}

function focusWithin() {
  return element.contains(document.activeElement) || document.activeElement === document.body;
}

export function startIdeas() {
  on('clip', ({ clip }) => place(clip));
  on('job', (job) => {
    if (job.id !== set.job) return;
    words();
    if (ended(job)) settle(job);
  });
  on('jobs', words);
  on('removed', (id) => {
    const at = set.ids.indexOf(id);
    if (at < 0) return;
    set.ids.splice(at, 1);
    set.count = set.ids.length;
    const within = focusWithin();
    lay();
    if (within) ideas.focus();
  });
  on('reset', () => { if (set.group) showGroup(set.group, store.jobs.get(set.job)); });
  on('restored', (ids) => {
    const missing = ids.some((id) => store.clips.get(id)?.group === set.group && !set.ids.includes(id));
    if (missing) showGroup(set.group, store.jobs.get(set.job));
  });
  on('chosen', ({ id }) => {
    if (cardOf(id)) last = id;
    const reached = cardOf(last) ?? cards[0];
    for (const one of cards) one.element.tabIndex = one === reached ? 0 : -1;
    light();
  });
  for (const event of ['sound', 'queued', 'a', 'comparison']) on(event, light);
  on('status', () => { if (!set.group) draw(); });
  earlier.addEventListener('change', () => {
    const job = store.jobs.get(earlier.value);
    if (job) showGroup(job.group, job).then(() => say('An earlier set'));
  });
}

function light() {
  for (const one of cards) one.light();
}
