/** The keys, on one sheet. */
import { button, el, replace } from './core/dom.js';
import { set, settings } from './core/settings.js';

let dialog = null;

/** @param {{group: string, keys: string[], shown?: string, does: string}[]} table */
export function startHelp(table) {
  const groups = [...new Set(table.map((row) => row.group))];
  const letters = el('input', { type: 'checkbox', checked: settings.letters });
  const sound = el('input', { type: 'checkbox', checked: settings.sound });
  letters.addEventListener('change', () => set('letters', letters.checked));
  sound.addEventListener('change', () => set('sound', sound.checked));
  dialog = el('dialog', { class: 'help', 'aria-labelledby': 'help-title' });
  replace(dialog,
    el('div', { class: 'help-head' }, el('h2', { id: 'help-title', text: 'Keys' }),
      button({ text: 'Close', title: 'Close the sheet', key: 'Escape', run: () => dialog.close() })),
    el('div', { class: 'key-groups' }, ...groups.map((group) => el('section', {}, el('h3', { text: group }),
      el('dl', {}, ...table.filter((row) => row.group === group).map((row) => el('div', {},
        el('dt', {}, el('kbd', { text: row.shown ?? row.keys.join(' ') })), el('dd', { text: row.does }))))))),
    el('div', { class: 'help-settings' },
      el('label', {}, letters, el('span',
        { text: 'Letters are keys (switch off where a screen reader or speech input needs them)' })),
      el('label', {}, sound, el('span', { text: 'The first of a new set sounds at once' }))));
  document.body.append(dialog);
}

export function toggleHelp() {
  if (dialog.open) dialog.close();
  else dialog.showModal();
}
