/** The captions of a folder, in a table. What is changed is kept when the field is left. */
import { api } from '../core/api.js';
import { attempt, button, el, replace, say } from '../core/dom.js';

const page = 50;

export function captionTable() {
  const body = el('tbody'), find = el('input',
    { type: 'search', placeholder: 'Find a file or caption', 'aria-label': 'Find a file or caption',
    title: 'Shows only files whose name or caption has these words' });
  const place = el('span', { class: 'soft' });
  const back = button({ text: '←', title: 'The files before', class: 'quiet', run: () => turn(-1) }),
    on = button({ text: '→', title: 'The next files', class: 'quiet', run: () => turn(1) });
  back.setAttribute('aria-label', 'The files before');
  on.setAttribute('aria-label', 'The next files');
  const element = el('div', {}, el('div', { class: 'table-head' }, find, back, place, on),
    el('div', { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Captions' },
      el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col', text: 'File' }),
      el('th', { scope: 'col', text: 'Caption' }))), body)));
  /** @type {{file: string, caption: string}[]} */
  let rows = [];
  let folder = '', first = 0;

  const shown = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter((row) => words.every((word) => `${row.file} ${row.caption}`.toLowerCase().includes(word)));
  };

  function turn(step) {
    first = Math.max(0, Math.min(first + step * page, Math.floor(Math.max(0, shown().length - 1) / page) * page));
    draw();
  }

  async function keep(row, input) {
    const caption = input.value.trim();
    if (caption === row.caption) return;
    const done = await attempt(async () => { await api.captions(folder, [{ file: row.file, caption }]); return true; });
    if (!done) return;
    row.caption = caption;
    say(`Kept: ${row.file}`);
  }

  function draw() {
    const all = shown();
    place.textContent = all.length ? `${first + 1}–${Math.min(all.length, first + page)} of ${all.length}` : 'none';
    replace(body, ...all.slice(first, first + page).map((row) => {
      const input = el('input', { type: 'text', value: row.caption ?? '', 'aria-label': `Caption of ${row.file}`,
        maxlength: '1000' });
      input.addEventListener('change', () => keep(row, input));
      input.addEventListener('keydown',
        (event) => { if (event.key === 'Enter') input.closest('tr').nextElementSibling?.querySelector('input')?.focus(); });
      return el('tr', {}, el('th', { scope: 'row', text: row.file, title: row.isFromName
        ? 'The caption is what its name says' : '' }), el('td', {}, input));
    }));
  }
  find.addEventListener('input', () => { first = 0; draw(); });
  return { element, show(name, captions) { [folder, rows, first] = [name, captions ?? [], 0]; draw(); } };
}
