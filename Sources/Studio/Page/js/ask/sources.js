/** What is given beside words: MIDI files, recordings, a hummed line. */
import { api } from '../core/api.js';
import { attempt, button, el, replace, say } from '../core/dom.js';
import { seconds } from '../core/format.js';
import { icons } from '../core/icons.js';
import { record } from '../audio/recorder.js';

const uses = [
  { value: 'follow', text: 'Follow its line',
    explained: 'The melody and loudness of the recording, played by what the prompt says' },
  { value: 'change', text: 'Change it', explained: 'The recording becomes what the prompt says, more than half way' },
  { value: 'source', text: 'Vary it', explained: 'Relatives of the recording, at a distance' },
];
const sound = /\.(wav|wave|aif|aiff|flac|ogg|oga|mp3)$/i, notes = /\.(mid|midi)$/i;

export function sources() {
  const list = el('ul', { class: 'given', 'aria-label': 'Given files' });
  const input = el('input', { type: 'file', hidden: true, multiple: true,
    accept: '.wav,.aif,.aiff,.flac,.ogg,.mp3,.mid,.midi' });
  const pick = button({ icon: icons.file, title: 'A MIDI file or a recording to start from',
    run: () => input.click() });
  const hum = button({ icon: icons.microphone, title: 'Hum a line into the microphone', key: 'Shift+H', class: 'hum',
    pressed: false, run: () => toggleHum() });
  /** @type {{upload: any, use: string}[]} */
  let given = [];
  let recording = null;

  function draw() {
    replace(list, ...given.map((one) => {
      const use = el('select', { 'aria-label': `How ${one.upload.name} is used`, title: 'How the recording is used' },
        ...uses.map((way) => el('option', { value: way.value, text: way.text, title: way.explained,
          selected: way.value === one.use })));
      use.addEventListener('change', () => { one.use = use.value; });
      const length = one.upload.seconds ? seconds(one.upload.seconds) : '';
      return el('li', { class: 'chip', data: { kind: one.upload.kind } },
        el('span', { text: one.upload.kind === 'midi' ? '♪ ' : '∿ ' }), el('span', { text: one.upload.name }),
          el('span', { class: 'soft', text: length }),
        one.upload.kind === 'audio' && use,
        button({ icon: icons.cross, title: `Do without ${one.upload.name}`, class: 'quiet small',
          run: () => { given = given.filter((other) => other !== one); draw(); } }));
    }), recording && el('li', { class: 'chip recording' }, el('span', { class: 'led' }), recording.words));
  }

  async function add(file, name = file.name) {
    if (!sound.test(name) && !notes.test(name)) return say(`${name} is neither MIDI nor WAV, AIFF, FLAC, OGG or MP3.`,
      { bad: true });
    const answer = await attempt(() => api.upload(file, name));
    if (!answer) return;
    const { upload } = answer;
    given = [...given.filter((one) => one.upload.kind !== upload.kind), { upload, use: 'follow' }];
    draw();
    say(`${upload.name} is given`);
  }

  async function toggleHum() {
    if (recording) {
      const { session } = recording;
      recording = null;
      hum.setAttribute('aria-pressed', 'false');
      draw();
      return add(session.finish(), 'hummed line.wav');
    }
    const words = el('span', { text: '0.0 s — press again to end' });
    const session = await attempt(() => record((length, peak) => {
      words.textContent = `${length.toFixed(1)} s — press again to end`;
      hum.style.setProperty('--peak', String(Math.min(1, peak * 2)));
    }));
    if (!session) return;
    recording = { session, words };
    hum.setAttribute('aria-pressed', 'true');
    draw();
    say('The microphone listens. Press again to end');
  }

  function start() {
    const overlay = document.getElementById('drop');
    let depth = 0;
    const files = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files')
      && document.body.dataset.view !== 'samples';
    const shown = (on) => { overlay.hidden = !on; };
    addEventListener('dragenter',
      (event) => { if (files(event)) { depth += 1; shown(true); event.preventDefault(); } });
    addEventListener('dragleave', (event) => { if (files(event) && --depth <= 0) { depth = 0; shown(false); } });
    addEventListener('dragover', (event) => { if (files(event)) event.preventDefault(); });
    addEventListener('drop', (event) => {
      if (!files(event)) return;
      event.preventDefault();
      depth = 0;
      shown(false);
      for (const file of [...event.dataTransfer.files].slice(0, 4)) add(file);
    });
    input.addEventListener('change', () => { for (const file of input.files) add(file); input.value = ''; });
  }

  return {
    element: el('div', { class: 'given-box' }, list, input), pick, hum, start, add,
    values() {
      const values = {};
      for (const { upload, use } of given) {
        if (use === 'change') Object.assign(values, { kind: 'generate', source: upload.id, strength: 0.6 });
        else values[upload.kind === 'midi' ? 'midi' : use] = upload.id;
      }
      return values;
    },
  };
}
