/** One idea on the screen: number, picture, facts, star and cross. */
import { button, el, press, replace } from '../core/dom.js';
import { facts } from '../core/format.js';
import { icons } from '../core/icons.js';
import { choose, emit, store } from '../core/store.js';
import { queued, sounding } from '../audio/player.js';
import { comparison, playClip } from '../audio/clips.js';
import { reject, star } from '../pick/actions.js';
import { dragOut } from './drag.js';
import { forgetPicture, picture } from './picture.js';

/** @param {{number?: number, name?: string, wave?: boolean}} [given] `name` stands where else the number does */
export function card({ number, name, wave = true } = {}) {
  const shown = picture({ wave });
  const label = el('span', { class: 'number', text: name ?? (number === undefined ? '' : String(number)) });
  const side = el('span', { class: 'side' }), rating = el('span', { class: 'rating', 'aria-hidden': 'true' });
  const facts_ = el('p', { class: 'facts' }), title = el('p', { class: 'title' });
  const own = { element: null, clip: null, number, show, picture: shown, known: '',
    forget: () => forgetPicture(shown) };
  const starButton = button({ icon: icons.star, title: 'Star: keep it in Picks', key: 's', class: 'quiet star',
    pressed: false,
    tabIndex: -1, run: () => own.clip && star(own.clip.id) });
  const crossButton = button({ icon: icons.cross, title: 'Reject it', key: 'x', class: 'quiet cross', pressed: false,
    tabIndex: -1,
    run: () => own.clip && reject(own.clip.id) });
  const openButton = button({ icon: icons.more, title: 'Open it: refine, parts, trust, family, take', key: 'Enter',
    class: 'quiet open', tabIndex: -1, run: () => own.clip && emit('open', own.clip.id) });
  own.element = el('div', { class: 'card', role: 'gridcell', tabIndex: -1 },
    el('div', { class: 'line' }, label, side, rating, el('span', { class: 'grow' }), openButton, crossButton,
      starButton),
    shown.element, title, facts_);
  shown.element.addEventListener('click', (event) => {
    if (!own.clip) return;
    const box = shown.element.getBoundingClientRect();
    choose(own.clip.id, { silent: true });
    playClip(own.clip.id, { from: ((event.clientX - box.left) / box.width) * own.clip.seconds, inTempo: false });
  });
  own.element.addEventListener('focus', () => own.clip && store.chosen !== own.clip.id
    && choose(own.clip.id, { silent: true }));
  dragOut(own.element, () => own.clip);

  /** @param {import('../core/store.js').Clip|null} clip */
  function show(clip) {
    own.clip = clip;
    shown.show(clip);
    own.element.classList.toggle('empty', !clip);
    starButton.disabled = crossButton.disabled = openButton.disabled = !clip;
    if (!clip) {
      replace(facts_, el('span', { text: 'being made' }));
      title.textContent = rating.textContent = '';
      own.element.setAttribute('aria-label', `${number ? `Idea ${number}: ` : ''}being made`);
      return;
    }
    own.element.dataset.id = clip.id;
    // What stands above the whole set is not said again.
    title.textContent = [clip.prompt === own.known ? '' : clip.prompt, clip.note].filter(Boolean).join(' — ');
    title.hidden = !title.textContent;
    replace(facts_, ...facts(clip).map((text) => el('span', { text })), clip.distance !== undefined
      && clip.distance !== null
      && el('span', { text: `Δ ${clip.distance}`, title: 'Distance from what it came from' }),
      clip.draft && el('span', { class: 'draft', text: 'draft', title: 'A preview; the full clip comes' }));
    rating.textContent = '★'.repeat(clip.rating ?? 0);
    own.element.dataset.state = clip.state;
    press(starButton, clip.state === 'picked');
    press(crossButton, clip.state === 'rejected');
    own.element.setAttribute('aria-label', spoken(clip, name ?? (number ? `Idea ${number}` : '')));
    own.light();
  }

  own.light = () => {
    const id = own.clip?.id;
    const chosen = id !== undefined && store.chosen === id;
    own.element.classList.toggle('chosen', chosen);
    own.element.setAttribute('aria-selected', String(chosen));
    own.element.classList.toggle('sounds', id !== undefined && sounding()?.owner === id);
    own.element.classList.toggle('queued', id !== undefined && queued() === id);
    const pair = comparison();
    side.textContent = pair?.b.id === id && id ? 'B' : (pair?.a.id ?? store.a) === id && id ? 'A' : '';
  };
  return own;
}

function spoken(clip, place) {
  const state = { picked: 'starred', rejected: 'rejected', new: '' }[clip.state];
  return [place, clip.prompt, ...facts(clip), state, clip.rating ? `${clip.rating} of 5` : '',
    clip.draft ? 'draft' : ''].filter(Boolean).join(', ');
}
