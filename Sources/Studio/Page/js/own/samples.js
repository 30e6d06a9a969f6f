/** Own samples: a folder comes in, is looked at, its captions mended, a model trained on it. */
import { api } from '../core/api.js';
import { attempt, button, el, field, replace, say } from '../core/dom.js';
import { captionTable } from './captions.js';
import { findings } from './findings.js';
import { filesOf, plainName, send } from './bring.js';
import { startTraining, training } from './training.js';

const folders = el('select', {});
const words = el('p', { class: 'soft', role: 'status' }), bar = el('progress',
  { max: '1', value: '0', hidden: true, 'aria-label': 'Files that are in' });
const input = el('input', { type: 'file', multiple: true, hidden: true, webkitdirectory: true });
const choose = button({ text: 'Choose a folder',
  title: 'Its recordings are copied into the library; nothing leaves this machine', class: 'main',
  run: () => input.click() });
const found = findings(), table = captionTable(), lessons = training();
const again = button({ text: 'Look again', title: 'Looks at the folder again, after changes',
  run: () => open(folders.value) });
const after = el('div', { class: 'folder', hidden: true }, found.element,
  el('section', {}, el('h3', { text: 'Captions' }), table.element), lessons.element);
const zone = el('div', { class: 'folder-drop' },
  el('div', { class: 'folder-form' }, choose, field('Folders that are here', folders,
    'Folders below Samples in the library, and those that hiss studio was started with'), again),
  el('p', { class: 'soft',
    text: 'Drop a folder of recordings here. WAV, AIFF, FLAC, OGG and MP3 come in, and metadata.csv with their captions.' }), bar, input);
const element = el('div', { class: 'samples' }, el('div', { class: 'set-head' },
  el('div', { class: 'grow' }, el('h2', { text: 'Your own samples' }),
  el('p', { class: 'soft',
    text: 'A folder of recordings becomes a model that makes sounds of its kind. Nothing leaves this machine.' }))),
    zone, words, after);

async function list(chosen = folders.value) {
  const answer = await attempt(() => api.folders());
  if (!answer) return;
  replace(folders, el('option', { value: '', text: answer.folders.length ? 'choose' : 'none yet' }),
    ...answer.folders.map(({ name }) => el('option', { value: name, text: name })));
  folders.value = chosen;
  again.disabled = !folders.value;
}

/** @param {{name: string, files: File[]}} given */
async function bring(given) {
  const name = plainName(given.name);
  if (!given.files.length) return say('There are no recordings in it.', { bad: true });
  bar.hidden = false;
  const refused = await attempt(() => send(name, given.files, (done) => {
    bar.value = done / given.files.length;
    words.textContent = `${done} of ${given.files.length} files are in.`;
  }));
  bar.hidden = true;
  if (!refused) return;
  for (const line of refused.slice(0, 3)) say(line, { bad: true });
  await list(name);
  open(name);
}

async function open(name) {
  after.hidden = true;
  again.disabled = !name;
  if (!name) return;
  words.textContent = 'Looking …';
  const answer = await attempt(() => api.folder(name));
  words.textContent = '';
  if (!answer || folders.value !== name) return;
  after.hidden = false;
  words.textContent = `${answer.files} files, ${Math.round(answer.seconds
    ?? 0)} seconds, ${answer.findings.length} findings.`;
  found.show(answer.findings);
  table.show(name, answer.captions);
  lessons.show(name, answer.captions);
}

export const samples = {
  name: 'samples', title: 'Samples', explained: 'Learn a folder of your own', element,
  order: () => lessons.order(),
  show: () => list(),
  focus: () => choose.focus(),
};

export function startSamples() {
  startTraining(lessons);
  folders.addEventListener('change', () => open(folders.value));
  input.addEventListener('change', () => {
    const files = [...input.files], name = files[0]?.webkitRelativePath.split('/')[0] ?? 'samples';
    input.value = '';
    bring({ name, files: files.filter(isWanted) });
  });
  element.addEventListener('dragover', (event) => event.preventDefault());
  element.addEventListener('drop', async (event) => {
    event.preventDefault();
    const given = await attempt(() => filesOf(event.dataTransfer));
    if (given) bring({ ...given, files: given.files.filter(isWanted) });
  });
}

const isWanted = (file) => /\.(wav|wave|aif|aiff|flac|ogg|oga|mp3|csv)$/i.test(file.name) && !file.name.startsWith('.');
