/** What the doctor found in a folder. */
import { el, replace } from '../core/dom.js';

/** What keeps a file from being learned, and what may make it worse. */
const grave = new Set(['unreadable', 'silent', 'cancelling', 'clipped']);

/** What options of the command line do is done there. */
const adviceOf = ({ advice }) => (advice.includes('--') ? `On the command line: ${advice}` : advice);

export function findings() {
  const list = el('ul', { class: 'findings' });
  const element = el('section', {}, el('h3', { text: 'Findings' }), list);
  return {
    element,
    show(all) {
      replace(list, ...(all.length ? all.map((one) =>
        el('li', { data: { severity: grave.has(one.kind) ? 'error' : 'warning' } }, el('span', { text: one.what }),
        one.advice && el('span', { class: 'soft', text: adviceOf(one) }),
        one.files?.length ? el('details', {}, el('summary', { text: `${one.files.length} files` }),
          el('ul', {}, ...one.files.slice(0, 100).map((file) => el('li', { text: file })))) : null))
        : [el('li', { data: { severity: 'good' }, text: 'Nothing to mend.' })]));
    },
  };
}
