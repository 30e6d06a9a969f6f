/** What is asked for: a prompt, and what of it is set exactly. */
import { api } from '../core/api.js';
import { attempt, button, el, replace, say } from '../core/dom.js';
import { icons } from '../core/icons.js';
import { set, settings } from '../core/settings.js';
import { emit, on, putJob, store } from '../core/store.js';
import { expect } from '../hear/ideas.js';
import { showView } from '../views.js';
import { chips } from './chips.js';
import { fields } from './fields.js';
import { historyList } from './history.js';
import { sources } from './sources.js';

const prompt = el('textarea', {
  id: 'prompt', rows: '1', class: 'prompt', maxlength: '2000', spellcheck: 'false',
    'aria-label': 'What should it sound like?',
  placeholder: 'What should it sound like?',
    title: 'Words for the sound. Enter makes it, ↑ goes back to earlier prompts (/)',
  'aria-keyshortcuts': '/',
});
const make = el('button', { type: 'submit', class: 'main make',
  title: 'Makes these ideas; the first sounds at once (Enter in the prompt)' });
const more = button({ icon: icons.more, title: 'Chords, tempo, key, bars, model and more', key: 'e', class: 'more',
  pressed: settings.more, run: () => toggleMore() });
const understood = chips();
const exact = fields();
const given = sources();
const history = historyList(prompt, () => read());
const panel = el('div', { class: 'exact', hidden: !settings.more }, exact.element);

export const focusPrompt = () => { prompt.focus(); prompt.select(); };

export function toggleMore(open = panel.hidden) {
  panel.hidden = !open;
  set('more', open);
  more.setAttribute('aria-pressed', String(open));
  more.setAttribute('aria-expanded', String(open));
}

function grow() {
  prompt.style.removeProperty('height');
  if (prompt.scrollHeight > prompt.clientHeight + 4) prompt.style.setProperty('height',
    `${Math.min(prompt.scrollHeight + 2, 140)}px`);
}

let pending = null;

let quietUntil = 0;

/** What was understood, said while one types. What was asked for goes first: its sound is waited for. */
const read = (() => {
  let timer = 0;
  return () => {
    grow();
    clearTimeout(timer);
    timer = setTimeout(async function ask() {
      const pause = quietUntil - performance.now();
      if (pause > 0) { timer = setTimeout(ask, pause); return; }
      pending?.abort();
      pending = new AbortController();
      const { signal } = pending, text = prompt.value.trim();
      if (!text) return understood.show([]);
      const { bpm, key, chords, bars, seconds, model, mono, pan, width } = exact.values();
      const answer = await api.reading({ prompt: text, model, bpm, key, chords, bars, seconds, mono, pan, width },
        signal).catch((error) =>
        (error.name === 'AbortError' ? null : { chips: [{ kind: 'notice', text: error.message }] }));
      if (answer && !signal.aborted) understood.show(answer.chips, answer.seconds);
    }, 90);
  };
})();

/** Sends a job; its places stand at once. @param {object} job @returns {Promise<object|undefined>} */
export async function send(job, { show = true } = {}) {
  const body = Object.fromEntries(Object.entries(job).filter(([, value]) => value !== undefined && value !== null
    && value !== ''));
  const answer = await attempt(() => api.ask(body));
  if (!answer) return undefined;
  if (show && job.kind !== 'train') {
    showView('ideas', { focus: false });
    expect(answer.job);
  }
  putJob(answer.job);
  return answer.job;
}

/** @param {object} [over] fields that count more than the form's */
export async function submit(over = {}) {
  const text = (over.prompt ?? prompt.value).trim();
  const job = { ...exact.values(), ...given.values(), prompt: text, ...over };
  job.kind ??= job.source ? 'vary' : 'generate';
  if (!text && !job.source && !job.midi && !job.follow) {
    say('Say what it should sound like first.', { bad: true });
    return focusPrompt();
  }
  history.add(text);
  quietUntil = performance.now() + 1200;
  const sent = await send(job);
  if (sent) emit('asked', sent);
  return sent;
}

/** Puts values into the form, as those of an earlier prompt. */
export function fill({ prompt: text = '', ...rest }) {
  prompt.value = text;
  exact.fill(rest);
  read();
}

export function startAsk() {
  const form = document.getElementById('ask');
  replace(form,
    el('div', { class: 'ask-line' },
      el('div', { class: 'prompt-box' }, prompt, history.element), given.hum, given.pick, more, make),
    el('div', { class: 'ask-under' }, understood.element, given.element), panel);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit().then((job) => { if (job) showView('ideas'); });
  });
  prompt.addEventListener('input', read);
  prompt.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    } else history.key(event);
  });
  panel.addEventListener('input', read);
  panel.addEventListener('change', () => { words(); read(); });
  on('try', (one) => {
    fill({ prompt: one.prompt, chords: one.chords, bpm: one.bpm, bars: one.bars, loop: one.loop });
    if (one.hum) return given.hum.click();
    submit({ count: 8 }).then((job) => { if (job) showView('ideas'); });
  });
  on('again', ({ request }) => send(request));
  on('models', () => exact.models(store.models));
  on('setting', (name) => { if (name === 'count') words(); });
  more.setAttribute('aria-expanded', String(settings.more));
  given.start();
  words();
}

function words() {
  const { count } = exact.values();
  replace(make, el('span', { text: `Make ${count}` }));
}
