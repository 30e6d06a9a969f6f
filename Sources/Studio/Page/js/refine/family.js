/** The way back: what a clip came from, and what came from it. */
import { address, api } from '../core/api.js';
import { el, replace } from '../core/dom.js';
import { choose, learnClips, store } from '../core/store.js';
import { playClip } from '../audio/clips.js';

const most = 80;
const box = el('div', { class: 'tree' });
const element = el('div', { class: 'family' }, el('p',
  { class: 'soft', text: 'What it came from, and what came from it. The number is the distance.' }), box);
let shownFor = '';

/** Asked for anew each time: relatives come and go. */
async function full(id) {
  const answer = await api.clip(id).catch(() => null);
  if (!answer) return null;
  learnClips([{ children: [], ...answer.clip }]);
  return store.clips.get(id);
}

const idOf = (one) => (typeof one === 'string' ? one : one.id);

/** The oldest ancestor that is still there. */
async function root(clip) {
  const seen = new Set([clip.id]);
  let top = clip;
  for (;;) {
    const parent = (top.parents ?? []).map(idOf).find((id) => !seen.has(id));
    const next = parent && (await full(parent));
    if (!next) return top;
    seen.add(parent);
    top = next;
  }
}

async function branch(id, seen) {
  if (seen.size >= most || seen.has(id)) return null;
  seen.add(id);
  const clip = await full(id);
  if (!clip) return null;
  const below = [];
  for (const child of clip.children ?? []) {
    const one = await branch(idOf(child), seen);
    if (one) below.push(one);
  }
  const words = [clip.kind === 'vary' ? '' : clip.kind, clip.distance ? `Δ ${clip.distance}` : '',
    clip.state === 'picked' ? '★' : ''].filter(Boolean).join(' ');
  const node = el('button', { type: 'button', class: 'node', 'aria-current': clip.id === store.chosen ? 'true' : null,
    title: 'Chooses and plays it',
    on: { click: () => { choose(clip.id, { silent: true }); playClip(clip.id); } } },
  el('img', { src: address.picture(clip, 240, 64), alt: '', width: '96', height: '26', loading: 'lazy' }),
    el('span', { class: 'words', text: clip.prompt }), el('span', { class: 'soft', text: words }));
  return el('li', {}, node, below.length ? el('ul', {}, ...below) : null);
}

export const family = {
  name: 'family', title: 'Family', explained: 'What it came from and what came of it', element,
  async show(clip) {
    if (shownFor === clip.id) return;
    shownFor = clip.id;
    const top = await root((await full(clip.id)) ?? clip);
    const tree = await branch(top.id, new Set());
    if (shownFor !== clip.id) return;
    replace(box, tree ? el('ul', {}, tree) : el('p', { class: 'soft', text: 'It has no relatives.' }));
    const alone = tree && !tree.querySelector('ul');
    if (alone) box.append(el('p', { class: 'soft', text: 'No relatives yet: v makes some.' }));
  },
};
