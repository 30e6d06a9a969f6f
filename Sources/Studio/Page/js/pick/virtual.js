/** A list of any length: only the rows that are seen exist, and only their pages are asked for. */
import { el } from '../core/dom.js';

const page = 60, beyond = 6;

/**
 * @param {{rowHeight: () => number, label: string, load: (offset: number, limit: number) => Promise<{total: number, ids: string[]}>,
 *   row: () => {element: HTMLElement, show: (id: string|null, index: number) => void, light: () => void}}} given
 */
export function virtualList({ rowHeight, label, load, row, head }) {
  const space = el('div', { class: 'space', role: 'rowgroup' });
  const element = el('div', { class: 'rows', role: 'grid', tabIndex: 0, 'aria-label': label, 'aria-rowcount': '1' },
    head, space);
  /** @type {(string|undefined)[]} */
  let ids = [];
  let total = 0, turn = 0, asked = new Set();
  /** @type {Map<number, ReturnType<typeof row>>} */
  let shown = new Map();
  const spare = [];

  async function need(start) {
    const first = Math.floor(start / page);
    if (asked.has(first) || (first > 0 && first * page >= total)) return;
    asked.add(first);
    const mine = turn, answer = await load(first * page, page).catch(() => null);
    if (mine !== turn) return;
    if (!answer) return asked.delete(first);
    size(answer.total);
    answer.ids.forEach((id, i) => { ids[first * page + i] = id; });
    draw(true);
  }

  function size(count) {
    total = count;
    space.style.setProperty('height', `${total * rowHeight()}px`);
    element.setAttribute('aria-rowcount', String(total + 1));
  }

  function draw(again = false) {
    if (!element.isConnected) return;
    const high = rowHeight(), top = element.scrollTop, first = Math.max(0, Math.floor(top / high) - beyond);
    const last = Math.min(total, Math.ceil((top + element.clientHeight) / high) + beyond);
    for (const [index, one] of shown) {
      if (index >= first && index < last) continue;
      one.element.remove();
      spare.push(one);
      shown.delete(index);
    }
    for (let index = first; index < last; index++) {
      let one = shown.get(index);
      if (one && !again) continue;
      if (!one) {
        one = spare.pop() ?? row();
        one.element.style.setProperty('transform', `translateY(${index * high}px)`);
        one.element.setAttribute('aria-rowindex', String(index + 2));
        one.element.id = `row-${index}`;
        shown.set(index, one);
        space.append(one.element);
      }
      one.show(ids[index] ?? null, index);
    }
    need(first);
    need(Math.max(0, last - 1));
  }

  element.addEventListener('scroll', () => draw(), { passive: true });
  new ResizeObserver(() => draw()).observe(element);

  return {
    element,
    get total() { return total; },
    idAt: (index) => ids[index],
    indexOf: (id) => ids.indexOf(id),
    order: () => ids.filter(Boolean),
    /** Begins anew, as after another filter. Resolves when the first rows are there. */
    async reload({ keepPlace = false } = {}) {
      turn += 1;
      asked = new Set([0]);
      const mine = turn, answer = await load(0, page);
      if (mine !== turn) return;
      if (!keepPlace) element.scrollTop = 0;
      ids = answer.ids.slice();
      size(answer.total);
      draw(true);
    },
    remove(id) {
      const at = ids.indexOf(id);
      if (at < 0) return;
      ids.splice(at, 1);
      size(total - 1);
      draw(true);
    },
    refresh: (id) => { for (const [index, one] of shown) if (ids[index] === id) one.show(id, index); },
    light() {
      for (const one of shown.values()) one.light();
    },
    reveal(index) {
      const top = index * rowHeight(), room = element.clientHeight - head.offsetHeight - rowHeight();
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top > element.scrollTop + room) element.scrollTop = top - room;
      draw();
      element.setAttribute('aria-activedescendant', `row-${index}`);
      need(index + 20);
    },
  };
}
