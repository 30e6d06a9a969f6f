/** What is noted of a clip, and how it is taken along. */
import { button, el, field, press, replace } from '../core/dom.js';
import { ago, decibels, seconds } from '../core/format.js';
import { icons } from '../core/icons.js';
import { annotate, copyPath, download, downloadPicks, pathOf, rate } from '../pick/actions.js';
import { address } from '../core/api.js';
import { dragOut } from '../hear/drag.js';

let clip = null;
const note = el('textarea', { rows: '2', class: 'note wide', maxlength: '2000' });
const tags = el('input', { type: 'text', class: 'wide', maxlength: '400', placeholder: 'intro, verse' });
note.addEventListener('change', () => clip && annotate(clip.id, { note: note.value }));
tags.addEventListener('change', () => clip && annotate(clip.id,
  { tags: [...new Set(tags.value.split(',').map((tag) => tag.trim()).filter(Boolean))] }));
const rates = [1, 2, 3, 4, 5].map((value) => button({
  text: '★', title: `${value} of 5`, key: String(value), class: 'quiet rate', pressed: false,
  run: () => clip && rate(clip.id, clip.rating === value ? 0 : value),
}));
rates.forEach((one, i) => one.setAttribute('aria-label', `${i + 1} of 5`));
const path = el('code', { class: 'path' }), facts = el('dl', { class: 'facts-list' });
const handle = el('div', { class: 'handle' }, el('span', { text: 'Drag this into your sequencer or a folder' }));
dragOut(handle, () => clip);
const extra = el('div', { class: 'buttons' });

const element = el('div', { class: 'about' },
  el('section', {}, el('h3', { text: 'Rating' }), el('div', { class: 'rates', role: 'group', 'aria-label': 'Rating' },
    ...rates)),
  el('section', {}, el('h3', { text: 'Noted' }), field('Note', note, 'Anything you want to find again'),
    field('Tags', tags, 'Words with commas between')),
  el('section', {}, el('h3', { text: 'Take' }), handle, path, el('div', { class: 'buttons' },
    button({ text: 'Download', icon: icons.download, title: 'The WAV file', key: 'd',
      run: () => clip && download(clip.id) }),
    button({ text: 'Copy path', icon: icons.copy, title: 'Where the file lies', key: 'y',
      run: () => clip && copyPath(clip.id) }),
    button({ text: 'Picks as ZIP', title: 'All starred clips', key: 'z', run: () => downloadPicks() }),
    button({ text: '… with stems and MIDI', title: 'All starred clips, their stems and notes',
      run: () => downloadPicks('stems,midi') })), extra),
  el('section', {}, el('h3', { text: 'Facts' }), facts));

const factsOf = (one) => ({
  Length: seconds(one.seconds), Tempo: one.bpm, Key: one.key, Chords: one.chords, Bars: one.bars,
  Loudness: Number.isFinite(one.loudness) ? `${decibels(one.loudness)} LUFS`.replace(' dB', '') : '',
  Peak: one.peak ? decibels(20 * Math.log10(one.peak)) : '',
  'Sample rate': one.sampleRate ? `${one.sampleRate} Hz` : '', Made: ago(one.createdAt),
});

export const about = {
  name: 'about', title: 'Take', explained: 'Rate, note, tag, download', element,
  show(next) {
    const other = clip?.id !== next.id;
    clip = next;
    if (other || document.activeElement !== note) note.value = clip.note ?? '';
    if (other || document.activeElement !== tags) tags.value = (clip.tags ?? []).join(', ');
    rates.forEach((one, i) => press(one, i < (clip.rating ?? 0)));
    path.textContent = pathOf(clip);
    replace(facts, ...Object.entries(factsOf(clip)).filter(([, value]) => (value ?? '') !== '')
      .flatMap(([name, value]) => [el('dt', { text: name }), el('dd', { text: String(value) })]));
    const kinds = [clip.hasStems && 'stems', clip.hasNotes && 'midi'].filter(Boolean);
    replace(extra, ...kinds.map((kind) => el('a', {
      class: 'button', href: address.archive([clip.id], kind), download: `${clip.name}-${kind}.zip`,
      text: kind === 'midi' ? 'With its MIDI' : 'With its stems', title: `This clip and its ${kind} as ZIP`,
    })));
  },
};
