/** What the doctor found in a folder. */
import { el, replace } from '../core/dom.js';

const textOf = (one) => (typeof one === 'string' ? one : one.text ?? one.message ?? one.title ?? '');

export function findings() {
  const list = el('ul', { class: 'findings' });
  const element = el('section', {}, el('h3', { text: 'Findings' }), list);
  return {
    element,
    show(all) {
      replace(list, ...(all.length ? all.map((one) => el('li', { data: { severity: one.severity ?? one.kind ?? '' } }, el('span', { text: textOf(one) }),
        one.advice && el('span', { class: 'soft', text: one.advice }),
        one.files?.length ? el('details', {}, el('summary', { text: `${one.files.length} files` }), el('ul', {}, ...one.files.slice(0, 100).map((file) => el('li', { text: file })))) : null))
        : [el('li', { data: { severity: 'good' }, text: 'Nothing to mend.' })]));
    },
  };
}
