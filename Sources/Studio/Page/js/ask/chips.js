/** What was understood of a prompt, piece by piece. */
import { el, replace } from '../core/dom.js';
import { seconds } from '../core/format.js';

const kinds = {
  tempo: 'Tempo', key: 'Key', chords: 'Chords', length: 'Length', note: 'Note', place: 'Left and right', instrument: 'Instrument',
    word: 'Learned word',
  exclusion: 'Kept away', unknown: 'Not learned: it is guessed', notice: 'Notice',
};
const marks = { tempo: '♩', key: '♯', chords: '⫶', length: '↔', note: '♪', place: '◐', exclusion: '−', unknown: '?', notice: '!' };

/** A word that is taken for another says so. */
const taken = ({ kind, text, value }) =>
  (['word', 'unknown', 'notice'].includes(kind) && value && value !== text ? `${text} → ${value}` : text);

export function chips() {
  const list = el('ul', { class: 'chips', 'aria-label': 'What was understood' });
  const unknown = el('span', { class: 'hidden-text', role: 'status' });
  const hint = el('p', { class: 'soft', text: 'Instruments, moods, tempo, key, chords: what is understood shows here.' });
  const element = el('div', { class: 'understood' }, hint, list, unknown);
  let former = '';
  return {
    element,
    /** @param {{kind: string, text: string}[]} found @param {number} [length] */
    show(found, length) {
      hint.hidden = found.length > 0;
      replace(list, ...found.map((chip) => el('li',
        { class: 'chip', data: { kind: chip.kind }, title: kinds[chip.kind] ?? chip.kind },
        marks[chip.kind] && el('b', { 'aria-hidden': 'true', text: marks[chip.kind] }),
        el('span', { class: 'hidden-text', text: `${kinds[chip.kind] ?? chip.kind}: ` }),
          el('span', { text: taken(chip) }))),
      length && found.length ? el('li', { class: 'chip', data: { kind: 'seconds' }, title: 'How long it will be' },
        el('span', { text: seconds(length) })) : null);
      const words = found.filter((chip) => chip.kind === 'unknown').map((chip) => chip.text).join(', ');
      if (words !== former) unknown.textContent = words ? `Not learned: ${words}` : '';
      former = words;
    },
  };
}
