/** What is being made, in the header: how far it is, and how to end it. */
import { api } from './core/api.js';
import { attempt, button, el, replace, say } from './core/dom.js';
import { icons } from './core/icons.js';
import { on, store } from './core/store.js';

const names = { generate: 'Ideas', vary: 'Relatives', redo: 'A stretch', continue: 'What goes on', loop: 'Loop',
  morph: 'The way', stems: 'Stems', train: 'Training', evaluate: 'Evaluation' };
const running = () => [...store.jobs.values()].filter((job) => job.state === 'running' || job.state === 'waiting')
  .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));

/** How much of a job is done, 0 to 1. */
export const progress = (job) => job.progress ?? (job.done ?? 0) / (job.count || 1);

export const cancel = (id) => attempt(async () => { await api.cancel(id); say('Ended'); });

/** Ends what was asked for last. */
export function cancelLast() {
  const job = running().pop();
  if (job) cancel(job.id);
}

export function startWork() {
  const box = document.getElementById('work'), told = new Set();
  const draw = () => {
    const jobs = running();
    replace(box, ...jobs.slice(0, 3).map((job) => {
      const bar = el('progress', { max: '1', value: String(progress(job)), 'aria-label': names[job.kind] ?? job.kind });
      if (job.state === 'waiting') bar.removeAttribute('value');
      const parts = ['train', 'evaluate'].includes(job.kind) ? `${Math.round(100 * progress(job))} %`
        : `${job.done ?? 0}/${job.count ?? 1}`;
      const left = job.secondsLeft > 1 ? ` · ${Math.ceil(job.secondsLeft)} s` : '';
      return el('div', { class: 'job' }, el('span', { class: 'led' }),
        el('span', { text: `${names[job.kind] ?? job.kind} ${parts}${left}` }), bar,
        button({ icon: icons.cross, title: 'End this work', key: '.', class: 'quiet small',
          run: () => cancel(job.id) }));
    }), jobs.length > 3 && el('span', { class: 'soft', text: `+ ${jobs.length - 3}` }));
  };
  on('job', (job) => {
    draw();
    if (told.has(job.id)) return;
    if (job.state === 'failed') say(job.error ?? 'It could not be made.', { bad: true });
    if (job.state === 'done') for (const notice of job.notices ?? []) say(notice);
    if (['failed', 'done', 'cancelled'].includes(job.state)) told.add(job.id);
  });
  on('jobs', draw);
}
