/** What an evaluation found out of a model: whether it has learned, and whether it only copies. */
import { api } from '../core/api.js';
import { el, replace } from '../core/dom.js';
import { ago } from '../core/format.js';

const fits = { noise: ['Still noise', 'error'], learning: ['It is learning', 'warning'], trained: ['Trained', 'good'] };
const memories = { general: ['It makes new sounds', 'good'], leaning: ['It leans on what it learned', 'warning'],
  copying: ['It copies', 'error'] };

export function evaluation() {
  const verdicts = el('ul', { class: 'findings' }), notes = el('ul', { class: 'findings notes' });
  const text = el('pre', { class: 'figures' }), when = el('p', { class: 'soft' });
  const figures = el('details', {}, el('summary', { text: 'All figures' }), text);
  const element = el('div', { class: 'evaluated', hidden: true }, el('h4', { text: 'Evaluation' }), when, verdicts, notes,
    figures);
  let model = '';
  return {
    element,
    /** @param {string} name of a model; one that was never evaluated shows nothing */
    async show(name) {
      if (name !== model) element.hidden = true;
      model = name;
      const answer = name ? await api.evaluation(name).catch(() => null) : null;
      if (!answer || model !== name) return;
      element.hidden = false;
      const heads = [fits[answer.fit], memories[answer.memory]].filter(Boolean);
      when.textContent = [answer.dataset, ago(answer.at), answer.outdated ? 'it has learned on since' : '']
        .filter(Boolean).join(' · ');
      replace(verdicts, ...heads.map(([words, severity], i) => el('li', { data: { severity } }, el('b', { text: words }),
        answer.verdict[i] && el('span', { class: 'soft', text: answer.verdict[i] }))),
      ...answer.verdict.slice(heads.length).map((words) => el('li', { text: words })));
      replace(notes, ...answer.notes.map((words) => el('li', { text: words })));
      text.textContent = answer.text;
    },
  };
}
