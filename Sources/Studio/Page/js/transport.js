/** The line at the foot of the page: play, loop, tempo, level, A and B. */
import { button, el, press, replace } from './core/dom.js';
import { clock, tempo } from './core/format.js';
import { eachFrame } from './core/frames.js';
import { icons } from './core/icons.js';
import { set, settings } from './core/settings.js';
import { on, store } from './core/store.js';
import { comparison, setMix, swap, toggleClip } from './audio/clips.js';
import { drawMeter } from './audio/meter.js';
import { position, queued, sounding } from './audio/player.js';

const switches = [
  { name: 'loop', icon: icons.loop, title: 'Loop what sounds', key: 'l' },
  { name: 'metronome', icon: icons.metronome, title: 'Click on the beats', key: 'm' },
  { name: 'inTempo', icon: icons.bars, title: 'In tempo: the next clip starts at the next bar of what sounds',
    key: 'q' },
  { name: 'level', icon: icons.level, title: 'One level for all clips', key: 'o' },
];

/** @param {string} name */
export const flip = (name) => set(name, !settings[name]);

export function startTransport() {
  const play = button({ icon: icons.play, title: 'Play the chosen clip, or stop', key: 'space', class: 'main round',
    run: () => store.chosen && toggleClip(store.chosen) });
  const line = play.querySelector('path');
  const buttons = switches.map((one) =>
    ({ ...one, element: button({ ...one, pressed: settings[one.name], run: () => flip(one.name) }) }));
  const place = el('span', { class: 'clock', text: '0:00.00' }), title = el('p', { class: 'now' }),
    bpm = el('span', { class: 'soft' });
  const meter = el('canvas', { class: 'meter', role: 'img', 'aria-label': 'Level meter' });
  const volume = el('input', { type: 'range', min: '0', max: '1', step: '0.01', value: String(settings.volume),
    'aria-label': 'Volume', title: 'Volume (− and +)' });
  const mix = el('input', { type: 'range', min: '0', max: '1', step: '0.01', value: '0', 'aria-label': 'From A to B',
    title: 'From A to B: both run at the same place (b swaps them)' });
  const pair = el('div', { class: 'pair',
    hidden: true }, button({ text: 'A', title: 'Hear A', class: 'quiet', run: () => setMix(0) }), mix,
    button({ text: 'B', title: 'Hear B', class: 'quiet', run: () => setMix(1) }),
    button({ icon: icons.swap, title: 'The other of the two', key: 'b', class: 'quiet', run: () => swap() }));
  volume.addEventListener('input', () => set('volume', Number(volume.value)));
  mix.addEventListener('input', () => setMix(Number(mix.value), 0.02));

  replace(document.getElementById('transport'), play,
    el('div', { class: 'switches', role: 'group', 'aria-label': 'How it plays' }, ...buttons.map((one) => one.element)),
    el('div', { class: 'deck' }, title, el('div', { class: 'under' }, place, bpm), document.getElementById('toasts')), pair,
    el('div', { class: 'out' }, meter, volume));

  const words = () => {
    const playing = sounding(), clip = store.clips.get(playing?.owner ?? store.chosen);
    line.setAttribute('d', playing ? icons.stop : icons.play);
    play.classList.toggle('sounds', Boolean(playing));
    title.textContent = queued() ? `At the bar: ${store.clips.get(queued())?.prompt ?? ''}` : playing?.title ?? clip?.prompt
      ?? 'Nothing chosen';
    bpm.textContent = [tempo(playing?.bpm ?? clip?.bpm), clip?.key ?? ''].filter(Boolean).join(' · ');
  };
  const pairing = () => {
    const both = comparison();
    pair.hidden = !both;
    if (both) mix.value = String(both.mix);
  };
  for (const event of ['sound', 'queued', 'chosen', 'clip']) on(event, words);
  on('comparison', pairing);
  on('setting', (name) => {
    const found = buttons.find((one) => one.name === name);
    if (found) press(found.element, settings[name]);
    if (name === 'volume') volume.value = String(settings.volume);
  });
  // Twenty times a second is as often as one can read it.
  eachFrame(() => {
    const text = clock(position());
    if (place.textContent !== text) place.textContent = text;
  }, 20);
  words();
  drawMeter(meter);
}
