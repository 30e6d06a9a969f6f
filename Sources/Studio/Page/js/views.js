/** The views: sets of ideas, the library, the map, own samples. One is shown at a time. */
import { button, replace } from './core/dom.js';
import { emit } from './core/store.js';

/**
 * @typedef {{name: string, title: string, explained: string, element: HTMLElement, show?: () => void, hide?: () => void,
 *   order: () => string[], columns?: () => number, step?: (key: string) => string|undefined, focus: (id?: string) => void}} View
 */

/** @type {Map<string, View>} */
const views = new Map();
let shown = null;

export const view = () => views.get(shown);
export const viewNames = () => [...views.keys()];

export function startViews(list) {
  for (const one of list) views.set(one.name, one);
  replace(document.getElementById('views'), ...list.map((one, i) => {
    const tab = button({ text: one.title, title: one.explained, key: `Shift+${i + 1}`, class: 'tab',
      run: () => showView(one.name) });
    tab.dataset.view = one.name;
    return tab;
  }));
}

export function showView(name, { focus = true } = {}) {
  if (!views.has(name)) return;
  if (shown !== name) {
    view()?.hide?.();
    shown = name;
    document.body.dataset.view = name;
    document.getElementById('view').replaceChildren(view().element);
    for (const tab of document.querySelectorAll('#views .tab')) {
      if (tab.dataset.view === name) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
    view().show?.();
    emit('view', name);
  }
  if (focus) view().focus();
}
