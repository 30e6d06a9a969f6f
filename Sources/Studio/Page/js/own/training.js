/** Training on a folder: started, watched, heard, stopped, gone on with. */
import { api } from '../core/api.js';
import { attempt, button, el, field, replace, say } from '../core/dom.js';
import { emit, on, putJob, store } from '../core/store.js';
import { submit } from '../ask/ask.js';
import { card } from '../hear/card.js';
import { cancel, progress } from '../work.js';

/** A preview's file says after how many steps it was made. */
function stepsOf(clip) {
  const steps = /-(\d{7})-/.exec(clip.name)?.[1];
  return steps ? `${Number(steps).toLocaleString('en')} steps` : '';
}

export function training() {
  const name = el('input', { type: 'text', maxlength: '60', placeholder: 'mine', spellcheck: 'false' });
  const minutes = el('input', { type: 'number', min: '1', max: '1440', step: '1', value: '20' });
  const start = button({ text: 'Train', title: 'Learns the folder; the same button goes on where it stopped',
    class: 'main', run: () => begin() });
  const stop = button({ text: 'Stop', title: 'Ends it; what was learned stays', run: () => job && cancel(job.id) });
  const hear = button({ text: 'Hear what it learned', title: 'Eight ideas of this model, for a caption of the folder',
    run: () => submit({ model: name.value.trim(), prompt: caption(), kind: 'generate', count: 8 }) });
  const bar = el('progress', { max: '1', value: '0', 'aria-label': 'Training' }),
    words = el('p', { class: 'soft', role: 'status' });
  const notices = el('ul', { class: 'findings' }), previews = el('div', { role: 'row', class: 'cards' });
  const heard = el('div', { role: 'grid', 'aria-label': 'Previews', hidden: true }, previews);
  const running = el('div', { class: 'running', hidden: true }, bar, words, notices, el('h4', { text: 'Previews' }),
    heard);
  const element = el('section', { class: 'training' }, el('h3', { text: 'Training' }),
    el('div', { class: 'fields' }, field('Name of the model', name, 'It is in the list of models under this name'),
      field('Minutes', minutes, 'How long it learns; 20 is a good beginning'), start, stop, hear), running);
  let folder = '', job = null, ids = [], caption = () => '';
  hear.disabled = true;
  stop.disabled = true;

  async function begin() {
    if (!name.value.trim()) { name.focus(); return say('Give the model a name first.', { bad: true }); }
    const answer = await attempt(() =>
      api.ask({ kind: 'train', path: folder, minutes: Number(minutes.value) || 20, output: name.value.trim() }));
    if (!answer) return;
    putJob(answer.job);
    watch(answer.job);
  }

  function watch(next) {
    if (job?.id !== next.id) ids = [];
    job = next;
    running.hidden = false;
    const live = job.state === 'running' || job.state === 'waiting';
    stop.disabled = !live;
    hear.disabled = job.state !== 'done';
    start.disabled = live;
    bar.value = progress(job);
    const left = job.secondsLeft ? `, ${Math.ceil(job.secondsLeft / 60)} min left` : '';
    words.textContent = { waiting: 'It waits for its turn.',
      running: `It learns: ${Math.round(100 * progress(job))} %${left}.`, done: 'Done. It is in the list of models.',
      failed: job.error ?? 'It failed.', cancelled: 'Stopped. Train goes on from here.' }[job.state];
    replace(notices, ...(job.notices ?? []).map((text) => el('li', { text })));
    for (const id of job.clips ?? []) if (!ids.includes(id)) add(id);
    if (job.state === 'done') api.models().then(({ models }) => { store.models = models; emit('models'); }, () => {});
  }

  async function add(id) {
    ids.push(id);
    if (!store.clips.has(id)) {
      const answer = await api.clip(id).catch(() => null);
      if (!answer) return;
      store.clips.set(id, answer.clip);
    }
    const clip = store.clips.get(id), one = card({ name: stepsOf(clip) });
    one.element.tabIndex = 0;
    one.show(clip);
    heard.hidden = false;
    previews.append(one.element);
  }

  return {
    element, watch, order: () => ids,
    /** @param {string} path @param {{caption: string}[]} captions */
    show(path, captions) {
      folder = path;
      caption = () => captions[Math.floor(Math.random() * captions.length)]?.caption || path;
      running.hidden = true;
      job = null;
      [start.disabled, stop.disabled, hear.disabled] = [false, true, !store.models.some((one) => one.name === path)];
      name.value = path;
      const own = [...store.jobs.values()].filter((one) => one.kind === 'train' && one.request?.path === path)
        .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).pop();
      if (own) watch(own);
    },
    isOwn: (one) => job?.id === one.id,
  };
}

export function startTraining(lessons) {
  on('job', (job) => { if (lessons.isOwn(job)) lessons.watch(job); });
}
