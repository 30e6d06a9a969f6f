/** An empty library: three things to try. */
import { button, el } from '../core/dom.js';
import { icons } from '../core/icons.js';
import { emit, store } from '../core/store.js';

const tries = [
  { title: 'A band in a bar', text: 'Eight drum beats, at once.', prompt: 'funk drum beat, 104 bpm',
    run: 'Make eight beats' },
  { title: 'Chords to write over', text: 'Warm electric piano that keeps to Am F C G.',
    prompt: 'warm electric piano chords, 90 bpm', chords: 'Am F C G', bpm: 90, bars: 4, loop: true,
    run: 'Make eight loops' },
  { title: 'Your own line', text: 'Hum into the microphone: a violin plays it.', hum: true,
    prompt: 'solo violin melody, legato', run: 'Hum a line' },
];

export function greeting() {
  const started = el('p', { class: 'soft' });
  const element = el('div', { class: 'greeting' },
    el('h2', { text: 'It starts from hiss. You choose.' }),
    el('p', { class: 'lead',
      text: 'Ask for a sound. Eight ideas come back, the first within a second. Hear the next with an arrow key, '
      + 'star what you like, throw away the rest.' }),
    el('div', { class: 'tries' }, ...tries.map((one, i) => el('div', { class: 'try' },
      el('h3', { text: one.title }), el('p', { text: one.text }),
      button({ text: one.run, icon: one.hum ? icons.microphone : icons.play, title: `Asks for: ${one.prompt}`, class: i
        ? '' : 'main',
        run: () => emit('try', one) })))),
    started);
  return {
    element,
    show() {
      const clips = store.status?.library?.clips ?? 0;
      started.textContent = clips ? `${clips} clips are in the library: Shift+2 shows them.`
        : 'Press / to write what you want to hear, or ? for all keys.';
    },
  };
}
