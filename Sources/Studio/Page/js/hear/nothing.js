/** A set of which nothing was made: why, and once more. */
import { button, el } from '../core/dom.js';
import { icons } from '../core/icons.js';
import { emit } from '../core/store.js';

/** @param {object} job one that has ended */
export const nothing = (job) => el('div', { class: 'nothing', role: 'gridcell' },
  el('h3', { text: job.state === 'cancelled' ? 'Ended before anything was made' : 'It could not be made' }),
  el('p', { text: job.error ?? job.notices?.[0] ?? '' }),
  button({ text: 'Ask again', icon: icons.undo, title: 'Asks for the same once more', class: 'main',
    run: () => emit('again', job) }));
