/** Earlier prompts: the arrow up in the prompt goes back, a list shows them all. */
import { api } from '../core/api.js';
import { button, el, replace } from '../core/dom.js';
import { ago } from '../core/format.js';

/** @param {HTMLTextAreaElement} prompt @param {() => void} changed */
export function historyList(prompt, changed) {
  /** @type {{prompt: string, at?: string, count?: number}[]} */
  let prompts = [];
  let place = -1, draft = '';
  const list = el('ul', { class: 'earlier', hidden: true, 'aria-label': 'Earlier prompts' });
  const open = button({ text: '↑', title: 'Earlier prompts', class: 'quiet history', run: () => toggle() });
  open.setAttribute('aria-label', 'Earlier prompts');
  open.setAttribute('aria-expanded', 'false');
  const element = el('div', { class: 'history-box' }, open, list);

  const put = (text) => {
    prompt.value = text;
    changed();
  };
  const load = async () => { prompts = (await api.history(100).catch(() => ({ prompts }))).prompts; };
  load();

  async function toggle(shown = list.hidden) {
    if (shown) await load();
    list.hidden = !shown;
    open.setAttribute('aria-expanded', String(shown));
    if (!shown) return;
    replace(list, ...(prompts.length ? prompts.map((one) => el('li', {}, el('button', {
      type: 'button', on: { click: () => { put(one.prompt); toggle(false); prompt.focus(); } },
    }, el('span', { text: one.prompt }), el('span', { class: 'soft', text: one.at ? ago(one.at) : '' }))))
      : [el('li', { class: 'soft', text: 'Nothing yet.' })]));
    list.querySelector('button')?.focus();
  }

  element.addEventListener('keydown', (event) => {
    const items = [...list.querySelectorAll('button')], at = items.indexOf(document.activeElement);
    if (event.key === 'Escape') { toggle(false); prompt.focus(); }
    else if (event.key === 'ArrowDown') items[Math.min(items.length - 1, at + 1)]?.focus();
    else if (event.key === 'ArrowUp') items[Math.max(0, at - 1)]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  element.addEventListener('focusout', (event) => { if (!element.contains(event.relatedTarget)) toggle(false); });

  return {
    element,
    add(text) {
      place = -1;
      if (!text) return;
      prompts = [{ prompt: text, at: new Date().toISOString() }, ...prompts.filter((one) => one.prompt !== text)];
    },
    /** Arrow up and down, where the text cursor is in the first or last line. */
    key(event) {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!step || prompt.value.includes('\n') || !prompts.length) return;
      if (place < 0) draft = prompt.value;
      const next = Math.max(-1, Math.min(prompts.length - 1, place + step));
      if (next === place) return;
      place = next;
      event.preventDefault();
      put(place < 0 ? draft : prompts[place].prompt);
    },
  };
}
