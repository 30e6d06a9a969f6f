/** A clip as a picture: its spectrogram, its waveform below, a line where it sounds, the stretch that is marked. */
import { address } from '../core/api.js';
import { el } from '../core/dom.js';
import { eachFrame } from '../core/frames.js';
import { on, store } from '../core/store.js';
import { sound } from '../audio/buffers.js';
import { position, sounding } from '../audio/player.js';
import { drawWave } from './wave.js';

/** @type {Set<ReturnType<typeof picture>>} those on the page */
const pictures = new Set();

/** @param {{width?: number, height?: number, wave?: boolean}} [size] */
export function picture({ width = 480, height = 128, wave = true } = {}) {
  const image = el('img', { alt: '', draggable: 'false', width: String(width), height: String(height) });
  const canvas = wave ? el('canvas', { class: 'wave', 'aria-hidden': 'true' }) : null;
  const head = el('i', { class: 'head' }), stretch = el('i', { class: 'stretch', hidden: true });
  const element = el('div', { class: 'picture' }, el('div', { class: 'spectrum' }, image), canvas, stretch, head);
  let drawn = '', current = null;
  image.addEventListener('error', () => { element.classList.add('without'); });
  image.addEventListener('load', () => { element.classList.remove('without'); });

  const own = {
    element,
    get clip() { return current; },
    show(clip) {
      current = clip;
      const key = clip ? `${clip.id} ${clip.draft}` : '';
      if (key === drawn) return own.mark();
      drawn = key;
      element.classList.toggle('waiting', !clip);
      if (!clip || clip.draft) image.removeAttribute('src');
      if (!clip) return undefined;
      if (clip.draft) later(own);
      else own.paint();
      own.mark();
      if (canvas) own.wave();
    },
    paint() { if (current) image.src = address.picture(current, width, height); },
    async wave() {
      const shown = drawn, buffer = await sound(address.audio(current)).catch(() => null);
      if (buffer && shown === drawn) drawWave(canvas, buffer);
    },
    redraw() { if (canvas) own.wave(); },
    mark() {
      const marked = current && store.stretch?.id === current.id ? store.stretch : null;
      stretch.hidden = !marked;
      if (!marked) return;
      stretch.style.setProperty('--from', String(marked.start / current.seconds));
      stretch.style.setProperty('--to', String(marked.end / current.seconds));
    },
    head(share) {
      element.classList.toggle('playing', share !== null);
      if (share !== null) head.style.setProperty('--at', String(share));
    },
  };
  pictures.add(own);
  return own;
}

/** Pictures of previews are asked for when no more previews come: what can be heard goes first. */
const late = new Set();
let pause = 0;
function later(one) {
  late.add(one);
  clearTimeout(pause);
  pause = setTimeout(() => {
    for (const each of late) each.paint();
    late.clear();
  }, 250);
}

/** Pictures that are off the page for good need no line. */
export const forgetPicture = (one) => pictures.delete(one);

let lit = new Set();

function follow() {
  const playing = sounding(), next = new Set();
  if (playing) {
    const at = position();
    for (const one of pictures) {
      if (!one.clip || !playing.parts || !one.element.isConnected) continue;
      if (one.clip.id !== playing.owner && !(playing.parts.has(one.clip.id))) continue;
      one.head(Math.min(1, at / one.clip.seconds));
      next.add(one);
    }
  }
  for (const one of lit) if (!next.has(one)) one.head(null);
  lit = next;
}

export function startPictures() {
  eachFrame(follow);
  on('stretch', () => { for (const one of pictures) one.mark(); });
  const again = new ResizeObserver(() => { for (const one of pictures) if (one.clip
    && one.element.isConnected) one.redraw(); });
  for (const id of ['view', 'inspector']) again.observe(document.getElementById(id));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change',
    () => { for (const one of pictures) if (one.clip) one.redraw(); });
  on('setting', (name) => { if (name === 'theme') for (const one of pictures) if (one.clip) one.redraw(); });
}
