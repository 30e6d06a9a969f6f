/** Stems with mute and solo, and the notes as a piano roll. */
import { api } from '../core/api.js';
import { attempt, button, el, replace, say } from '../core/dom.js';
import { icons } from '../core/icons.js';
import { settings } from '../core/settings.js';
import { sound } from '../audio/buffers.js';
import { endComparison } from '../audio/clips.js';
import * as player from '../audio/player.js';
import { drawWave } from '../hear/wave.js';
import { send } from '../ask/ask.js';
import { midiFile } from './midi.js';
import { pianoRoll } from './roll.js';
import { askStems, sameAs } from './asks.js';

let clip = null, shownFor = '';
/** @type {{name: string, url: string, buffer?: AudioBuffer, mute: boolean, solo: boolean}[]} */
let stems = [];

const list = el('div', { class: 'stems' }), roll = pianoRoll();
const part = el('select', { 'aria-label': 'Part', title: 'Whose notes are shown' });
const about = el('p', { class: 'soft' });
part.addEventListener('change', () => roll.choose(Number(part.value)));

const heard = (stem) => (stems.some((one) => one.solo) ? stem.solo : !stem.mute);
const faders = () => { for (const stem of stems) player.fade(stem.name, heard(stem) ? 1 : 0); };

async function playStems() {
  const playing = player.sounding();
  if (playing?.owner === clip.id && playing.parts.size === stems.length
    && playing.parts.has(stems[0].name)) return player.stop();
  const ticket = player.takeTicket(), owner = clip.id;
  const buffers = await attempt(() => Promise.all(stems.map((stem) => sound(stem.url))));
  if (!buffers || !player.isCurrent(ticket)) return;
  const from = playing?.owner === owner ? player.position() : 0;
  endComparison();
  player.start(owner, stems.map((stem,
    i) => ({ name: stem.name, buffer: buffers[i], level: 1, fader: heard(stem) ? 1 : 0 })),
    { from, bpm: clip.bpm, loop: settings.loop, inTempo: false });
}

function stemRow(stem) {
  const wave = el('canvas', { class: 'wave', 'aria-hidden': 'true' });
  const mute = button({ text: 'M', title: `Mute ${stem.name}`, class: 'quiet mute', pressed: false,
    run: () => flip('mute', mute) });
  const solo = button({ text: 'S', title: `${stem.name} alone`, class: 'quiet solo', pressed: false,
    run: () => flip('solo', solo) });
  for (const [one, word] of [[mute, 'Mute'], [solo, 'Solo']]) one.setAttribute('aria-label', `${word} ${stem.name}`);
  function flip(name, control) {
    stem[name] = !stem[name];
    control.setAttribute('aria-pressed', String(stem[name]));
    faders();
  }
  sound(stem.url).then((buffer) => requestAnimationFrame(() => drawWave(wave, buffer)), () => {});
  return el('div', { class: 'stem' }, el('span', { class: 'name', text: stem.name }), wave, mute, solo,
    el('a', { class: 'button quiet', href: stem.url, download: `${clip.name}-${stem.name}.wav`,
      title: `Download ${stem.name}`, 'aria-label': `Download ${stem.name}` }, '↓'));
}

async function loadStems() {
  const owner = clip.id;
  if (!clip.hasStems) {
    stems = [];
    return replace(list, el('p', { class: 'soft', text: 'It is one sound yet.' }),
      button({ text: 'Make stems', title: 'A band plays its prompt anew: drums, bass, chords and lead, all of one length', key: 'p',
      run: () => askStems(owner) }));
  }
  const answer = await api.stems(owner).catch(() => null);
  if (owner !== clip.id || !answer) return;
  stems = answer.stems.map((stem) => ({ ...stem, mute: false, solo: false }));
  const mix = stems.findIndex((stem) => stem.name === 'mix');
  if (mix >= 0) stems.splice(mix, 1);
  replace(list, ...stems.map(stemRow),
    button({ text: 'Play the stems', icon: icons.play, title: 'All stems together; mute and solo while they sound',
    class: 'main', run: playStems }));
}

async function loadNotes() {
  const owner = clip.id, answer = await api.notes(owner).catch(() => null);
  if (owner !== clip.id) return;
  const parts = answer?.parts?.length ? answer.parts : [{ name: 'melody', notes: [] }];
  roll.show({ bpm: answer?.bpm ?? clip.bpm ?? 120, seconds: answer?.seconds ?? clip.seconds, parts, owner });
  replace(part, ...parts.map((one, i) => el('option', { value: String(i), text: one.name })));
  about.textContent = answer ? '' : 'Its notes are not known. Draw some: they are played by its prompt.';
}

async function render() {
  const notes = roll.notes();
  if (!notes.length) return say('There are no notes yet.', { bad: true });
  const file = midiFile(notes, roll.bpm());
  const answer = await attempt(() => api.upload(file, 'piano roll.mid'));
  if (!answer) return;
  const { chords, key, seconds, ...same } = sameAs(clip);
  // As long as the clip, wherever the last note ends.
  const length = same.bars ? {} : { seconds: Math.min(120, Math.round(clip.seconds * 1000) / 1000) };
  send({ ...same, ...length, midi: answer.upload.id, count: 2 });
}

const element = el('div', { class: 'parts' }, el('section', {}, el('h3', { text: 'Stems' }), list),
  el('section', {}, el('h3', { text: 'Notes' }), about, el('div', { class: 'roll-head' }, part,
    button({ icon: icons.undo, title: 'Notes as they were', class: 'quiet small',
      run: () => { shownFor = ''; parts.show(clip); } }),
    button({ text: 'Render again', icon: icons.play,
      title: 'The notes of this part, played by the same prompt and seed', run: render })), roll.element,
  el('p', { class: 'soft hint',
    text: 'Click adds, drag moves, its right edge makes it longer, Delete removes. Keys: , and . choose, arrows move, Shift+arrows length, Insert adds.' })));

export const parts = {
  name: 'parts', title: 'Parts', explained: 'Stems, and the notes', element,
  show(next) {
    const changed = shownFor !== `${next.id} ${next.hasStems} ${next.hasNotes}`;
    clip = next;
    if (!changed) return roll.draw();
    shownFor = `${next.id} ${next.hasStems} ${next.hasNotes}`;
    loadStems();
    loadNotes();
  },
};
