/** Training on a folder: started, watched, heard, stopped, gone on with, evaluated. */
import { api } from '../core/api.js';
import { attempt, button, el, field, replace, say } from '../core/dom.js';
import { emit, on, putJob, store } from '../core/store.js';
import { submit } from '../ask/ask.js';
import { cancel, progress } from '../work.js';
import { course } from './course.js';
import { evaluation } from './evaluation.js';

const isLive = (job) => job?.state === 'running' || job?.state === 'waiting';
const isModel = (name) => store.models.some((one) => one.name === name);

export function training() {
  const name = el('input', { type: 'text', maxlength: '60', placeholder: 'mine', spellcheck: 'false' });
  const minutes = el('input', { type: 'number', min: '1', max: '1440', step: '1', value: '20' });
  const start = button({ text: 'Train', title: 'Learns the folder; the same button goes on where it stopped',
    class: 'main', run: () => begin() });
  const stop = button({ text: 'Stop', title: 'Ends it; what was learned stays', run: () => job && cancel(job.id) });
  const hear = button({ text: 'Hear what it learned', title: 'Eight ideas of this model, for a caption of the folder',
    run: () => submit({ model: modelName(), prompt: caption(), kind: 'generate', count: 8 }) });
  const judge = button({ text: 'Evaluate', title: 'Measures whether it has learned, and whether it only copies; minutes',
    run: () => evaluate() });
  const bar = el('progress', { max: '1', value: '0', 'aria-label': 'Training' });
  const words = el('p', { class: 'soft', role: 'status' }), notices = el('ul', { class: 'findings notes' });
  const running = el('div', { class: 'running', hidden: true }, bar, words, notices);
  const learned = course(), evaluated = evaluation();
  const element = el('section', { class: 'training' }, el('h3', { text: 'Training' }),
    el('div', { class: 'fields' }, field('Name of the model', name, 'It is in the list of models under this name'),
      field('Minutes', minutes, 'How long it learns; 20 is a good beginning'),
      el('div', { class: 'buttons' }, start, stop, hear, judge)), running, learned.element, evaluated.element);
  let folder = '', job = null, caption = () => '';

  const modelName = () => name.value.trim();

  function enable() {
    const live = isLive(job), there = isModel(modelName());
    start.disabled = live;
    stop.disabled = !live;
    hear.disabled = !there;
    judge.disabled = !there || live;
  }

  async function begin() {
    if (!modelName()) { name.focus(); return say('Give the model a name first.', { bad: true }); }
    const answer = await attempt(() =>
      api.ask({ kind: 'train', path: folder, minutes: Number(minutes.value) || 20, output: modelName() }));
    if (!answer) return;
    putJob(answer.job);
    watch(answer.job);
  }

  async function evaluate() {
    const answer = await attempt(() => api.ask({ kind: 'evaluate', model: modelName(), path: folder }));
    if (!answer) return;
    putJob(answer.job);
    watch(answer.job);
  }

  function watch(next) {
    job = next;
    running.hidden = false;
    const trains = job.kind === 'train', percent = `${Math.round(100 * progress(job))} %`;
    bar.value = progress(job);
    bar.hidden = !isLive(job);
    const left = job.secondsLeft ? `, ${Math.ceil(job.secondsLeft / 60)} min left` : '';
    words.textContent = { waiting: 'It waits for its turn.',
      running: trains ? `It learns: ${percent}${left}. What is to be heard below comes from the same noise each time.`
        : `It is measured: ${percent}${left}.`,
      done: trains ? 'Done. It is in the list of models.' : 'Measured.',
      failed: job.error ?? 'It failed.',
      cancelled: trains ? 'Stopped. Train goes on from here.' : 'Stopped.' }[job.state];
    replace(notices, ...(isLive(job) || job.state === 'failed' ? (job.notices ?? []).slice(-4) : [])
      .map((text) => el('li', { text })));
    if (trains) learned.show(job.request?.output ?? modelName());
    else if (job.state === 'done') evaluated.show(job.request?.model ?? modelName());
    if (!isLive(job)) api.models().then(({ models }) => { store.models = models; emit('models'); enable(); }, () => {});
    enable();
  }

  const isOf = (one, path) => (one.kind === 'train' && one.request?.path === path)
    || (one.kind === 'evaluate' && one.request?.model === modelName());

  name.addEventListener('change', () => { enable(); learned.show(modelName()); evaluated.show(modelName()); });
  enable();
  return {
    element, watch, order: () => [],
    /** @param {string} path @param {{caption: string}[]} captions */
    show(path, captions) {
      folder = path;
      caption = () => captions[Math.floor(Math.random() * captions.length)]?.caption || path;
      running.hidden = true;
      job = null;
      name.value = path;
      const own = [...store.jobs.values()].filter((one) => isOf(one, path))
        .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).pop();
      if (own?.request?.output) name.value = own.request.output;
      learned.show(modelName());
      evaluated.show(modelName());
      if (own) watch(own);
      enable();
    },
    isOwn: (one) => job?.id === one.id,
  };
}

export function startTraining(lessons) {
  on('job', (job) => { if (lessons.isOwn(job)) lessons.watch(job); });
}
