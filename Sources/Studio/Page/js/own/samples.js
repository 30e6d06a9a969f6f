/** Own samples: a folder is looked at, its captions mended, a model trained on it. */
import { api } from '../core/api.js';
import { attempt, button, el, field, say } from '../core/dom.js';
import { captionTable } from './captions.js';
import { findings } from './findings.js';
import { startTraining, training } from './training.js';

const path = el('input', { type: 'text', class: 'wide', placeholder: '/home/me/samples', maxlength: '4000', spellcheck: 'false' });
const words = el('p', { class: 'soft', role: 'status' });
const found = findings(), table = captionTable(), lessons = training();
const after = el('div', { class: 'folder', hidden: true }, found.element, el('section', {}, el('h3', { text: 'Captions' }), table.element), lessons.element);
const look = button({ text: 'Look at it', title: 'What is there, what was understood, what to mend', class: 'main', run: () => open() });
const form = el('form', { class: 'folder-form' }, field('Folder', path, 'The path of a folder of recordings, as the file manager shows it'), look);
const zone = el('div', { class: 'folder-drop' }, form, el('p', { class: 'soft', text: 'A browser does not say where a dropped folder lies. Copy its path in the file manager (Ctrl+L, Ctrl+C) and paste it here.' }));
const element = el('div', { class: 'samples' }, el('div', { class: 'set-head' }, el('div', { class: 'grow' }, el('h2', { text: 'Your own samples' }),
  el('p', { class: 'soft', text: 'A folder of recordings becomes a model that makes sounds of its kind. Nothing leaves this machine.' }))), zone, words, after);

form.addEventListener('submit', (event) => { event.preventDefault(); open(); });
zone.addEventListener('dragover', (event) => event.preventDefault());
zone.addEventListener('drop', (event) => {
  event.preventDefault();
  const text = event.dataTransfer.getData('text/uri-list') || event.dataTransfer.getData('text/plain');
  const local = /^file:\/\/(\/[^\r\n]+)/.exec(text);
  const item = event.dataTransfer.items[0]?.webkitGetAsEntry?.();
  if (local) {
    path.value = decodeURIComponent(local[1]);
    open();
  } else if (text.startsWith('/')) {
    path.value = text.split('\n')[0].trim();
    open();
  } else say(item ? `The browser says only that it is called “${item.name}”. Paste its whole path.` : 'Paste the path of the folder.', { bad: true });
  path.focus();
});

async function open() {
  const given = path.value.trim();
  if (!given) return say('Give the path of a folder first.', { bad: true });
  words.textContent = 'Looking …';
  const answer = await attempt(() => api.folder(given));
  words.textContent = '';
  after.hidden = !answer;
  if (!answer) return;
  const count = Array.isArray(answer.files) ? answer.files.length : answer.files;
  words.textContent = `${count} files, ${answer.findings.length} findings.`;
  found.show(answer.findings);
  table.show(given, answer.captions);
  lessons.show(given);
}

export const samples = {
  name: 'samples', title: 'Samples', explained: 'Learn a folder of your own', element,
  order: () => lessons.order(),
  focus: () => path.focus(),
};

export function startSamples() {
  startTraining(lessons);
}

