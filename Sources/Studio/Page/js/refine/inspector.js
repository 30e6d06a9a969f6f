/** The chosen clip, from all sides: refine it, its parts, trust, family, and what is noted of it. */
import { api } from '../core/api.js';
import { button, el, replace } from '../core/dom.js';
import { icons } from '../core/icons.js';
import { choose, chosenClip, learnClips, on, store } from '../core/store.js';
import { view } from '../views.js';
import { about } from './about.js';
import { family } from './family.js';
import { parts } from './parts.js';
import { refine } from './refine.js';
import { stretchPicture } from './stretch.js';
import { trust } from './trust.js';

const wide = matchMedia('(min-width: 1180px)');
/** @type {{name: string, title: string, explained: string, element: HTMLElement, show: (clip: any) => void}[]} */
const tabs = [refine, parts, trust, family, about];
const title = el('h2', { class: 'inspector-title' });
const large = stretchPicture();
const bar = el('div', { role: 'tablist', class: 'tabs', 'aria-label': 'Sides of the clip' });
const body = el('div', { class: 'tab-bodies' });
let open = false, current = 'refine', timer = 0;

export function startInspector() {
  for (const tab of tabs) {
    const name = el('button', { type: 'button', role: 'tab', id: `tab-${tab.name}`,
      'aria-controls': `side-${tab.name}`, text: tab.title, title: tab.explained,
      on: { click: () => pick(tab.name) } });
    bar.append(name);
    body.append(el('div', { role: 'tabpanel', id: `side-${tab.name}`, 'aria-labelledby': `tab-${tab.name}`,
      class: 'side-body', tabIndex: -1 }, tab.element));
  }
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], at = tabs.findIndex((tab) => tab.name === current);
    if (!step) return;
    event.preventDefault();
    pick(tabs[(at + step + tabs.length) % tabs.length].name);
    document.getElementById(`tab-${current}`).focus();
  });
  const close = button({ icon: icons.cross, title: 'Back to the clips', key: 'Escape', class: 'quiet close',
    run: closeInspector });
  replace(document.getElementById('inspector'), el('div', { class: 'inspector-head' }, title, close), large.element,
    bar, body);
  pick(current);
  on('chosen', () => { clearTimeout(timer); timer = setTimeout(draw, 60); });
  on('clip', ({ clip }) => { if (clip.id === store.chosen) { clearTimeout(timer); timer = setTimeout(draw, 60); } });
  on('removed', (id) => { if (id === store.chosen) { store.chosen = null; draw(); } });
  on('open', (id) => { choose(id, { silent: true }); inspect(); });
  wide.addEventListener('change', draw);
  draw();
}

function pick(name) {
  current = name;
  for (const tab of tabs) {
    const head = document.getElementById(`tab-${tab.name}`), own = tab.name === name;
    head.setAttribute('aria-selected', String(own));
    head.tabIndex = own ? 0 : -1;
    document.getElementById(`side-${tab.name}`).hidden = !own;
  }
  const clip = chosenClip();
  if (clip) tabs.find((tab) => tab.name === name).show(clip);
}

function draw() {
  const clip = chosenClip(), box = document.getElementById('inspector');
  box.hidden = !clip || !(open || wide.matches);
  document.body.classList.toggle('inspecting', !box.hidden);
  if (box.hidden) return;
  title.textContent = clip.prompt || clip.name;
  large.show(clip);
  tabs.find((tab) => tab.name === current).show(clip);
  // A list knows less of a clip than its own page.
  if (!clip.request && !clip.asked) {
    clip.asked = true;
    api.clip(clip.id).then((answer) => { learnClips([answer.clip]); if (store.chosen === clip.id) draw(); }, () => {});
  }
}

export function inspect() {
  open = true;
  draw();
  document.getElementById(`tab-${current}`).focus();
}

/** @param {string} name @param {string} [selector] what gets the focus */
export function openTab(name, selector) {
  open = true;
  draw();
  pick(name);
  const target = selector && document.querySelector(`#side-${name} ${selector}`);
  (target || document.getElementById(`tab-${name}`)).focus();
}

export function closeInspector() {
  open = false;
  draw();
  view().focus();
}
