/** Refine: relatives, the stretch, a word, the chords, the way to another. */
import { button, el, field } from '../core/dom.js';
import { icons } from '../core/icons.js';
import { set, settings } from '../core/settings.js';
import { on, store } from '../core/store.js';
import { besideIt, goOn, makeLoop, moreLike, morphWithA, redoStretch, sameAs } from './asks.js';

let clip = null;
const own = (run) => () => clip && run(clip.id);

const distance = el('input', { type: 'range', min: '0.05', max: '1', step: '0.05', value: String(settings.distance) });
const value = el('output', { text: settings.distance.toFixed(2) });
distance.addEventListener('input', () => {
  set('distance', Number(distance.value));
  value.textContent = settings.distance.toFixed(2);
});

const words = el('input', { type: 'text', maxlength: '2000', spellcheck: 'false', class: 'wide' });
const chords = el('input', { type: 'text', maxlength: '400', spellcheck: 'false', placeholder: 'Am F C G',
  class: 'wide' });
const morphWords = el('p', { class: 'soft' });
const stretchWords = el('p', { class: 'soft' });

function hearBoth() {
  if (!clip) return;
  const job = { ...sameAs(clip), prompt: words.value.trim(), chords: chords.value.trim() || undefined };
  besideIt(clip, job);
}
for (const input of [words, chords]) {
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    hearBoth();
  });
}

const element = el('div', { class: 'refine' },
  el('section', {}, el('h3', { text: 'More like this' }), el('div', { class: 'slide' },
    field('Distance', distance, '0 is the same clip; 1 has nothing in common with it but the prompt'), value,
    button({ text: 'Make 8', icon: icons.star, title: 'Eight relatives at this distance', key: 'v',
      run: own((id) => moreLike(id)) }))),
  el('section', {}, el('h3', { text: 'The stretch' }), stretchWords, el('div', { class: 'buttons' },
    button({ text: 'Again', title: 'Makes the marked stretch again, four times; the rest stays as it is', key: 'r',
      run: own(redoStretch) }),
    button({ text: 'Go on', title: 'Goes on from its end, to twice its length', key: 'k', run: own(goOn) }),
    button({ text: 'Loop', title: 'A loop cut out of the stretch; without a stretch, four loops like it', key: 'Shift+L', run: own(makeLoop) }))),
  el('section', { class: 'words' }, el('h3', { text: 'Change a word, or the chords' }),
    field('Prompt', words, 'Change a word: the same seed makes it, and both sound at the same place'),
    field('Chords', chords, 'Other chords under the same seed'),
    el('div', { class: 'buttons' },
      button({ text: 'Hear both', icon: icons.swap,
      title: 'Makes it with the same seed; b swaps the two (Enter in a field)', run: hearBoth }))),
  el('section', {}, el('h3', { text: 'The way from A' }), morphWords,
    el('div', { class: 'buttons' },
      button({ text: 'Morph', title: 'Five clips on the way from A to this one', key: 'g', run: own(morphWithA) }))));

function showMarks() {
  const a = store.clips.get(store.a), { stretch } = store;
  morphWords.textContent = a && a.id !== clip?.id ? `A is: ${a.prompt}` : 'Mark another clip as A with the key a.';
  stretchWords.textContent = clip && stretch?.id === clip.id
    ? `${stretch.start.toFixed(2)} to ${stretch.end.toFixed(2)} s is marked.`
    : 'Drag over the picture, or press [ and ] while it plays.';
}

export const refine = {
  name: 'refine', title: 'Refine', explained: 'More like it, a stretch again, other words', element,
  show(next) {
    if (clip?.id !== next.id) {
      words.value = next.prompt;
      chords.value = next.chords ?? '';
    }
    clip = next;
    showMarks();
  },
};
on('a', showMarks);
on('stretch', showMarks);
