/** What of the library is shown, and in which order. */
import { button, el, field, replace } from '../core/dom.js';
import { icons } from '../core/icons.js';

const option = (value, text) => el('option', { value, text });
const number = (given) => el('input', { type: 'number', step: 'any', placeholder: '—', ...given });
const tones = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];

/** @param {() => void} changed */
export function filters(changed) {
  const find = el('input', { type: 'search', id: 'find', placeholder: 'Find by words', 'aria-label': 'Find by words',
    title: 'Words of prompts, notes, tags and names (f)', 'aria-keyshortcuts': 'F' });
  const state = el('select', { 'aria-label': 'Show', title: 'Which clips are shown' }, option('', 'all'),
    option('picked', 'starred'), option('new', 'undecided'), option('rejected', 'rejected'),
    option('bin', 'in the bin'));
  const least = number({ min: '0', max: '400' }), most = number({ min: '0', max: '400' });
  const key = el('select', {}, option('', 'any'), ...['minor', 'major'].flatMap((mode) =>
    tones.map((tone) => option(`${tone} ${mode}`, `${tone} ${mode}`))));
  const novelty = number({ min: '0', max: '10' });
  const shortest = number({ min: '0', max: '600' }), longest = number({ min: '0', max: '600' });
  const softest = number({ min: '-100', max: '0' }), loudest = number({ min: '-100', max: '0' });
  const rating = el('select', {}, option('', 'any'), ...[1, 2, 3, 4, 5].map((value) =>
    option(String(value), `${'★'.repeat(value)} and more`)));
  const loop = el('select', {}, option('', 'any'), option('true', 'loops'), option('false', 'no loops'));
  const model = el('select', {}, option('', 'any')), tag = el('input',
    { type: 'text', placeholder: '—', maxlength: '60' });
  const all = { query: find, state, minimumBpm: least, maximumBpm: most, key, minimumSeconds: shortest,
    maximumSeconds: longest, minimumLoudness: softest, maximumLoudness: loudest, minimumNovelty: novelty, rating, loop,
    model, tag };
  const plain = button({ text: 'Show all', icon: icons.undo, title: 'No filter', run: () => clear() });
  const panel = el('div', { class: 'filter-fields', hidden: true },
    field('From tempo', least, 'Not slower than'), field('To tempo', most, 'Not faster than'),
      field('Key', key, 'In this key'),
    field('From length', shortest, 'Not shorter than, in seconds'),
      field('To length', longest, 'Not longer than, in seconds'),
    field('From level', softest, 'Not softer than, in LUFS'), field('To level', loudest, 'Not louder than, in LUFS'),
    field('Novelty from', novelty, 'At least this far from the training clips'), field('Rating', rating, 'Your rating'),
    field('Loop', loop, 'Whether it is a loop'), field('Model', model, 'What made it'),
      field('Tag', tag, 'With this tag'), plain);
  const more = button({ text: 'Filter', icon: icons.more, title: 'Filter by tempo, key, novelty, rating, model, tag',
    pressed: false, run: () => {
    panel.hidden = !panel.hidden;
    more.setAttribute('aria-pressed', String(!panel.hidden));
  } });
  const element = el('div', { class: 'filters', role: 'search', 'aria-label': 'The library' },
    el('div', { class: 'filter-line' }, find, el('label', { class: 'inline' },
      el('span', { class: 'name', text: 'Show' }), state), more), panel);

  function clear() {
    for (const control of Object.values(all)) control.value = '';
    changed();
  }
  let timer = 0;
  // Escape empties the field for words by a `search` alone.
  for (const event of ['input', 'search']) element.addEventListener(event, () => {
    clearTimeout(timer);
    timer = setTimeout(changed, 15);
  });
  return {
    element, find,
    values: () => Object.fromEntries(Object.entries(all).map(([name, control]) => [name, control.value.trim()])),
    models: (list) => { const chosen = model.value; replace(model, option('', 'any'),
      ...list.map((one) => option(one.name, one.title || one.name))); model.value = chosen; },
    set: (name, value) => { all[name].value = value; changed(); },
  };
}
