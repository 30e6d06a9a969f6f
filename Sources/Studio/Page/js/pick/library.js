/** All clips: found, filtered, sorted. */
import { api } from '../core/api.js';
import { attempt, button, el, press, say } from '../core/dom.js';
import { icons } from '../core/icons.js';
import { choose, learnClips, on, store } from '../core/store.js';
import { playClip, prefetchClips } from '../audio/clips.js';
import { downloadPicks, restore } from './actions.js';
import { startDuel } from './duel.js';
import { filters } from './filters.js';
import { clipRow, columns } from './row.js';
import { virtualList } from './virtual.js';

let order = { sort: 'created', order: 'descending' };
let stale = true, waiting = null;

const count = el('p', { class: 'soft count', role: 'status' });
const filter = filters(() => reload());
const heads = columns.map((column) => {
  if (column.isPlain) return el('div', { role: 'columnheader', class: `cell ${column.name}` },
    el('span', { class: 'name', text: column.title, title: column.explained }));
  const sorter = el('button', { type: 'button', text: column.title, title: `${column.explained}. Sorts by it`,
    on: { click: () => sortBy(column.name) } });
  return el('div', { role: 'columnheader', class: `cell ${column.name}`, data: { sort: column.name } }, sorter);
});
const head = el('div', { role: 'rowgroup', class: 'heads' },
  el('div', { role: 'row', class: 'row', 'aria-rowindex': '1' },
  el('div', { role: 'columnheader', class: 'cell marks' }, el('span', { class: 'hidden-text', text: 'Star, reject' })),
    ...heads));
/** A row is 2.75 of the reader's own letters high. */
const rowHeight = () => 2.75 * parseFloat(getComputedStyle(document.documentElement).fontSize);
const list = virtualList({ rowHeight, label: 'Clips of the library', row: clipRow, head, load });
const zip = button({ text: 'Picks as ZIP', icon: icons.download, title: 'All starred clips in one file', key: 'z',
  run: () => downloadPicks() });
const emptyBin = button({ text: 'Empty the bin', icon: icons.bin, title: 'Deletes for good what is in the bin',
  run: async () => {
  if (!confirm('Delete for good what is in the bin?')) return;
  await attempt(() => api.emptyBin());
  say('The bin is empty');
  reload();
} });
const liked = button({ text: 'By taste', icon: icons.star, title: 'What is most like what you star comes first', pressed: false,
  run: () => sortBy('taste') });
const duel = button({ text: 'Compare two', icon: icons.swap, title: 'Which is better? It teaches the order by taste', key: 't',
  run: startDuel });
const back = button({ text: 'Bring back', icon: icons.undo, title: 'The chosen clip comes back from the bin',
  run: () => store.chosen && restore(store.chosen) });
const element = el('div', { class: 'library' }, el('div', { class: 'library-head' },
  el('h2', { class: 'hidden-text', text: 'Library' }), filter.element,
  el('div', { class: 'library-foot' }, count, liked, duel, back, emptyBin, zip)), list.element);

async function load(offset, limit) {
  const answer = await api.clips({ ...filter.values(), ...order, offset, limit });
  learnClips(answer.clips);
  return { total: answer.total, ids: answer.clips.map((clip) => clip.id) };
}

export async function reload(options) {
  stale = false;
  await attempt(() => list.reload(options));
  const { clips } = store.status?.library ?? {};
  count.textContent = list.total === clips || clips === undefined ? `${list.total.toLocaleString('en')} clips`
    : `${list.total.toLocaleString('en')} of ${clips.toLocaleString('en')} clips`;
  emptyBin.hidden = back.hidden = filter.values().state !== 'bin';
  list.light();
}

function sortBy(name) {
  const turned = order.sort === name && order.order === 'ascending' ? 'descending' : 'ascending';
  // The best liked first; the button again goes back to the newest.
  if (name !== 'taste') order = { sort: name, order: turned };
  else order = { sort: order.sort === name ? 'created' : name, order: 'descending' };
  if (order.sort === 'taste') believed();
  arrows();
  reload();
}

/** Says what the order by taste rests on. */
async function believed() {
  const taste = await api.taste().catch(() => null);
  if (!taste) return;
  const words = taste.learned ? `You like: ${taste.beliefs.join(', ') || 'what you star'}`
    : `Star a few more first: ${taste.picks} say too little yet`;
  liked.title = words;
  say(words);
}

function arrows() {
  press(liked, order.sort === 'taste');
  for (const cell of heads) {
    if (cell.dataset.sort === order.sort) cell.setAttribute('aria-sort', order.order);
    else cell.removeAttribute('aria-sort');
  }
}

function go(index) {
  const id = list.idAt(Math.max(0, Math.min(list.total - 1, index)));
  if (id) list.reveal(list.indexOf(id));
  return id;
}

export const library = {
  name: 'library', title: 'Library', explained: 'All clips: find, filter, sort', element,
  order: () => list.order(),
  show: () => { if (stale) reload(); else list.light(); },
  step(key) {
    const at = list.indexOf(store.chosen);
    return go(at < 0 ? 0 : at + { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key]);
  },
  focus(id) {
    list.element.focus({ preventScroll: true });
    const at = list.indexOf(id ?? store.chosen);
    if (at >= 0) list.reveal(at);
  },
};

export function startLibrary() {
  arrows();
  list.element.addEventListener('keydown', (event) => {
    const rows = Math.max(1, Math.floor(list.element.clientHeight / rowHeight()) - 2),
      at = Math.max(0, list.indexOf(store.chosen));
    const target = { Home: 0, End: list.total - 1, PageUp: at - rows, PageDown: at + rows }[event.key];
    if (target === undefined || event.target !== list.element) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(list.total - 1, target));
    list.reveal(index);
    const id = list.idAt(index);
    if (!id) return;
    choose(id, { silent: true });
    playClip(id);
  });
  filter.find.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const id = go(0);
    if (!id) return;
    choose(id, { silent: true });
    list.element.focus();
    playClip(id);
  });
  on('chosen', ({ id }) => {
    list.light();
    const at = list.indexOf(id);
    if (at >= 0 && element.isConnected) prefetchClips([1, 2, 3,
      -1].map((step) => list.idAt(at + step)).filter(Boolean));
  });
  on('sound', () => list.light());
  on('a', () => list.light());
  on('models', () => filter.models(store.models));
  on('removed', (id) => list.remove(id));
  on('restored', () => soon());
  on('reset', () => soon());
  on('clip', ({ clip, former }) => {
    if (former && list.indexOf(clip.id) >= 0) list.refresh(clip.id);
    else soon();
  });
}

/** New clips come many at once: the list is read again when they have. */
function soon() {
  stale = true;
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (element.isConnected) reload({ keepPlace: true }); }, 400);
}
