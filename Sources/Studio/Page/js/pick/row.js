/** One clip as a line of the library. */
import { address } from '../core/api.js';
import { button, el, press } from '../core/dom.js';
import { ago, decibels, keyName, seconds } from '../core/format.js';
import { icons } from '../core/icons.js';
import { choose, emit, store } from '../core/store.js';
import { sounding } from '../audio/player.js';
import { playClip } from '../audio/clips.js';
import { dragOut } from '../hear/drag.js';
import { reject, star } from './actions.js';

/** Columns: by what they are sorted, their title, what they say. */
export const columns = [
  { name: 'name', title: 'Clip', explained: 'Prompt, note and tags' },
  { name: 'bpm', title: 'Tempo', explained: 'Quarter notes a minute',
    text: (clip) => (clip.bpm ? String(+clip.bpm.toFixed(1)) : '') },
  { name: 'key', title: 'Key', explained: 'The key', text: (clip) => keyName(clip.key) },
  { name: 'seconds', title: 'Length', explained: 'Seconds; ↻ is a loop',
    text: (clip) => seconds(clip.seconds) + (clip.loop ? ' ↻' : '') },
  { name: 'loudness', title: 'Level', explained: 'Loudness in LUFS',
    text: (clip) => (Number.isFinite(clip.loudness) ? decibels(clip.loudness).replace(' dB', '') : '') },
  { name: 'novelty', title: 'Novelty', explained: 'How far from the training clips: 1 is as new as a real recording',
    text: (clip) => clip.novelty?.toFixed(2) ?? '' },
  { name: 'rating', title: 'Rating', explained: 'Yours, 1 to 5', text: (clip) => '★'.repeat(clip.rating ?? 0) },
  { name: 'model', title: 'Model', explained: 'What made it', isPlain: true, text: (clip) => clip.model },
  { name: 'created', title: 'Made', explained: 'When it was made', text: (clip) => ago(clip.createdAt) },
];

/** A picture is asked for once its row has stood still this long: the list itself waits for no picture then. */
const stillness = 150;

export function clipRow() {
  const image = el('img', { alt: '', loading: 'lazy', width: '120', height: '32', draggable: 'false' });
  const number = el('i', { class: 'head' });
  const own = { element: null, id: null, show, light };
  const starButton = button({ icon: icons.star, title: 'Star', key: 's', class: 'quiet small star', pressed: false,
    tabIndex: -1, run: () => own.id && star(own.id) });
  const crossButton = button({ icon: icons.cross, title: 'Reject', key: 'x', class: 'quiet small cross',
    pressed: false, tabIndex: -1, run: () => own.id && reject(own.id) });
  const openButton = button({ icon: icons.more, title: 'Open it', key: 'Enter', class: 'quiet small open', tabIndex: -1,
    run: () => own.id && emit('open', own.id) });
  const prompt = el('span', { class: 'words' }), more = el('span', { class: 'soft' });
  const cells = columns.slice(1).map((column) => el('div', { role: 'gridcell', class: `cell ${column.name}` }));
  const strip = el('div', { class: 'strip' }, image, number);
  own.element = el('div', { class: 'row', role: 'row' },
    el('div', { role: 'gridcell', class: 'cell marks' }, starButton, crossButton, openButton),
    el('div', { role: 'gridcell', class: 'cell prompt' }, strip, el('div', { class: 'text' }, prompt, more)), ...cells);
  own.element.addEventListener('click', (event) => {
    if (!own.id || event.target.closest('button')) return;
    choose(own.id, { silent: true });
    playClip(own.id);
  });
  dragOut(own.element, () => store.clips.get(own.id));

  function show(id) {
    own.id = id;
    const clip = id ? store.clips.get(id) : null;
    own.element.classList.toggle('empty', !clip);
    starButton.disabled = crossButton.disabled = openButton.disabled = !clip;
    if (!clip) {
      prompt.textContent = '…';
      more.textContent = '';
      picture(null);
      for (const cell of cells) cell.textContent = '';
      return light();
    }
    picture(address.picture(clip, 240, 64));
    prompt.textContent = clip.prompt || clip.name;
    more.textContent = [clip.note, ...(clip.tags ?? []).map((tag) => `#${tag}`)].filter(Boolean).join(' ');
    cells.forEach((cell, i) => { cell.textContent = columns[i + 1].text(clip); });
    own.element.dataset.state = clip.state;
    press(starButton, clip.state === 'picked');
    press(crossButton, clip.state === 'rejected');
    light();
  }

  let waiting = 0;
  function picture(source) {
    if (source && image.getAttribute('src') === source) return;
    clearTimeout(waiting);
    image.removeAttribute('src');
    if (source) waiting = setTimeout(() => { image.src = source; }, stillness);
  }

  function light() {
    const chosen = own.id !== null && own.id === store.chosen;
    own.element.classList.toggle('chosen', chosen);
    own.element.setAttribute('aria-selected', String(chosen));
    own.element.classList.toggle('sounds', own.id !== null && sounding()?.owner === own.id);
    own.element.classList.toggle('isA', own.id !== null && store.a === own.id);
  }
  return own;
}
