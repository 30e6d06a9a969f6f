/** Dark, light, or as the system has it. */
import { on } from './store.js';
import { set, settings } from './settings.js';

const order = ['auto', 'dark', 'light'];
const show = () => { document.documentElement.dataset.theme = settings.theme; };

export function nextTheme() {
  set('theme', order[(order.indexOf(settings.theme) + 1) % order.length]);
  return settings.theme;
}

export function startTheme() {
  show();
  on('setting', (name) => name === 'theme' && show());
}
