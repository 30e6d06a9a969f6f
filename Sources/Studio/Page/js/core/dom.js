/** Elements, built without markup: what the server sends can only become text. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [given] attributes; `class`, `text`, `on` (listeners), `data` and properties such as `value`
 * @param {...(Node|string|null|undefined|false)} children
 */
export function el(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) give(element, name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const properties = new Set(['value', 'checked', 'disabled', 'hidden', 'selected', 'tabIndex', 'htmlFor',
  'indeterminate']);

function give(element, name, value) {
  if (value === undefined || value === null) return;
  if (name === 'text') element.textContent = value;
  else if (name === 'class') element.className = value;
  else if (name === 'on') for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
  else if (name === 'data') Object.assign(element.dataset, value);
  else if (properties.has(name)) element[name] = value;
  else if (value === true) element.setAttribute(name, '');
  else if (value !== false) element.setAttribute(name, value);
}

const vector = 'http://www.w3.org/2000/svg';

/** A picture of 24 by 24 from one path. */
export function icon(path) {
  const picture = document.createElementNS(vector, 'svg');
  const line = document.createElementNS(vector, 'path');
  picture.setAttribute('viewBox', '0 0 24 24');
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  picture.append(line);
  return picture;
}

/**
 * A button that explains itself.
 * @param {{text?: string, icon?: string, title: string, key?: string, run?: (event: Event) => void, class?: string,
 *   pressed?: boolean, tabIndex?: number}} given `title` says what it does; `key` is the key that does the same
 */
export function button({ text, icon: path, title, key, run, class: name = '', pressed, tabIndex }) {
  return el(
    'button',
    {
      type: 'button', class: name, title: key ? `${title} (${key})` : title, 'aria-label': text ? null : title,
      'aria-description': text ? title : null, 'aria-keyshortcuts': key ? shortcut(key) : null,
      'aria-pressed': pressed === undefined ? null : String(pressed), on: run ? { click: run } : {}, tabIndex,
    },
    path && icon(path), text && el('span', { text }));
}

function shortcut(key) {
  return key === 'space' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
}

export const press = (element, on) => element.setAttribute('aria-pressed', String(on));

/** A field with its name above it. */
export function field(name, control, explained) {
  control.title = explained;
  control.setAttribute('aria-description', explained);
  return el('label', { class: 'field' }, el('span', { class: 'name', text: name }), control);
}

export const replace = (element, ...children) => element.replaceChildren(...children.filter(Boolean));

/** Says in the corner, and to a screen reader, what happened. */
export function say(text, { bad = false } = {}) {
  const toasts = document.getElementById('toasts');
  const toast = el('p', { class: bad ? 'toast bad' : 'toast', text });
  toasts.append(toast);
  // One at a time of what went well; what went wrong stays a while.
  for (const former of [...toasts.children].slice(0, -1)) if (!former.classList.contains('bad')
    || toasts.children.length > 3) former.remove();
  setTimeout(() => toast.remove(), bad ? 9000 : 3200);
}

/** Runs `work`; what goes wrong is said. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    say(error.message || String(error), { bad: true });
    return undefined;
  }
}
