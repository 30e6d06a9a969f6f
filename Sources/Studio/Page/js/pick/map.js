/** All clips by likeness: what sounds alike lies together. */
import { api } from '../core/api.js';
import { attempt, el } from '../core/dom.js';
import { choose, learnClips, on, store } from '../core/store.js';
import { playClip, prefetchClips } from '../audio/clips.js';
import { card } from '../hear/card.js';
import { drawMarks, drawPoints, pointAt } from './map-drawing.js';
import { nearest, towards } from './nearness.js';

/** @type {{id: string, x: number, y: number, state?: string}[]} */
let points = [];
let stale = true;

const below = el('canvas', { 'aria-hidden': 'true' }), above = el('canvas', { 'aria-hidden': 'true' });
const field = el('div', { class: 'map', role: 'application', tabIndex: 0,
  'aria-label': 'Map of all clips by likeness. Arrow keys go to the next clip in their direction and play it.' },
  below, above);
const words = el('p', { class: 'soft' });
const near = Array.from({ length: 6 }, () => card({ wave: false }));
const nearRow = el('div', { role: 'row', class: 'cards near' }, ...near.map((one) => one.element));
const element = el('div', { class: 'map-view' },
  el('div', { class: 'set-head' }, el('div', { class: 'grow' }, el('h2', { text: 'Map' }), words)), field,
  el('h3', { text: 'Near it' }), el('div', { role: 'grid', 'aria-label': 'Near clips' }, nearRow));

const stateOf = (point) => store.clips.get(point.id)?.state ?? point.state ?? 'new';
const mark = () => drawMarks(above, field, points, store);

let drawing = 0;

/** Many clips may change at once: they are painted once a frame. */
function draw() {
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(() => {
    if (!element.isConnected || !field.clientWidth) return;
    drawPoints(below, field, points, stateOf);
    mark();
  });
}

async function load() {
  stale = false;
  const answer = await attempt(() => api.map({}));
  if (!answer) return;
  points = normalized(answer.points);
  words.textContent = points.length ? `${points.length.toLocaleString('en')} clips. What sounds alike lies together.`
    : 'No clips yet.';
  draw();
  showNear();
}

function normalized(all) {
  const [left, right] = range(all.map((point) => point.x)), [low, high] = range(all.map((point) => point.y));
  return all.map(({ id, x, y, state }) =>
    ({ id, state, x: (x - left) / (right - left || 1), y: (y - low) / (high - low || 1) }));
}

const range = (values) => values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)],
  [Infinity, -Infinity]);

async function known(ids) {
  await Promise.all(ids.filter((id) => !store.clips.has(id)).map(async (id) => {
    const answer = await api.clip(id).catch(() => null);
    if (answer) learnClips([answer.clip]);
  }));
}

async function showNear() {
  const chosen = points.find((point) => point.id === store.chosen);
  nearRow.parentElement.hidden = element.querySelector('h3').hidden = !chosen;
  if (!chosen) return;
  const ids = nearest(points, chosen, near.length);
  await known(ids);
  if (store.chosen !== chosen.id) return;
  near.forEach((one, i) => {
    one.element.hidden = !store.clips.has(ids[i]);
    one.show(store.clips.get(ids[i]) ?? null);
    one.element.tabIndex = 0;
  });
  prefetchClips(ids);
}

async function take(id) {
  await known([id]);
  choose(id, { silent: true });
  playClip(id);
}

export const map = {
  name: 'map', title: 'Map', explained: 'All clips by likeness', element,
  order: () => points.map((point) => point.id),
  show: () => { if (stale) load(); else { draw(); showNear(); } },
  step(key) {
    const from = points.find((point) => point.id === store.chosen) ?? points[0];
    const next = from && (store.chosen === from.id ? towards(points, from, key) : from);
    if (next) take(next.id);
    return undefined;
  },
  focus: () => field.focus({ preventScroll: true }),
};

export function startMap() {
  field.addEventListener('pointerdown', (event) => {
    const box = field.getBoundingClientRect(), high = box.height;
    const at = pointAt(event.clientX - box.left, event.clientY - box.top, box);
    const [id] = nearest(points, at, 1, box.width / high);
    if (id) take(id);
  });
  new ResizeObserver(draw).observe(field);
  for (const event of ['chosen', 'sound', 'a']) on(event, () => { if (element.isConnected) mark(); });
  on('setting', (name) => name === 'theme' && draw());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  on('chosen', () => { if (element.isConnected) showNear(); });
  on('clip', ({ clip, former }) => {
    if (!former) stale = true;
    if (former?.state !== clip.state) draw();
    for (const one of near) if (one.clip?.id === clip.id) one.show(clip);
  });
  on('removed', (id) => {
    points = points.filter((point) => point.id !== id);
    draw();
  });
  for (const event of ['sound', 'queued', 'a']) on(event, () => { for (const one of near) one.light(); });
}
