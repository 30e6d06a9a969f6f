/** The chosen clip, large: a stretch of it is marked by dragging, or by numbers. */
import { button, el } from '../core/dom.js';
import { icons } from '../core/icons.js';
import { markStretch, on, store } from '../core/store.js';
import { playClip } from '../audio/clips.js';
import { picture } from '../hear/picture.js';

export function stretchPicture() {
  const large = picture({ width: 960, height: 200 });
  const number = (name) => el('input',
    { type: 'number', min: '0', step: '0.01', 'aria-label': name, title: `${name}, in seconds` });
  const start = number('The stretch begins'), end = number('The stretch ends');
  const bounds = el('div', { class: 'bounds', role: 'group', 'aria-label': 'Stretch' },
    el('span', { class: 'name', text: 'Stretch' }), start, el('span', { 'aria-hidden': 'true', text: '–' }), end,
    el('span', { class: 'soft', text: 's' }),
    button({ icon: icons.play, title: 'Hear the stretch alone', class: 'quiet small', run: () => hear() }),
    button({ icon: icons.cross, title: 'No stretch', key: '\\', class: 'quiet small', run: () => markStretch(null) }));
  let clip = null, from = null;
  const element = el('div', { class: 'large' }, large.element, bounds);

  const share = (event) => {
    const box = large.element.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
  };
  large.element.addEventListener('pointerdown', (event) => {
    if (!clip) return;
    from = share(event);
    large.element.setPointerCapture(event.pointerId);
  });
  large.element.addEventListener('pointermove', (event) => {
    if (from === null || Math.abs(share(event) - from) < 0.01) return;
    const [low, high] = [from, share(event)].sort((a,
      b) => a - b).map((value) => Math.round(snap(value * clip.seconds) * 1000) / 1000);
    if (high - low >= 0.05) markStretch({ id: clip.id, start: low, end: high });
  });
  large.element.addEventListener('pointerup', (event) => {
    if (from === null) return;
    const clicked = Math.abs(share(event) - from) < 0.01;
    if (clicked) playClip(clip.id, { from: from * clip.seconds, inTempo: false });
    from = null;
  });

  /** To the sixteenth, where the tempo is known and it is near. */
  function snap(at) {
    if (!clip.bpm) return at;
    const unit = 15 / clip.bpm, near = Math.round(at / unit) * unit;
    return Math.abs(near - at) < 0.04 ? Math.min(near, clip.seconds) : at;
  }

  function hear() {
    const { stretch } = store;
    if (clip) playClip(clip.id, stretch?.id === clip.id ? { region: { start: stretch.start, end: stretch.end },
      inTempo: false } : {});
  }

  function typed() {
    const low = Number(start.value), high = Math.min(Number(end.value), clip?.seconds ?? 0);
    if (clip && end.value !== '' && high - low >= 0.05 && low >= 0) markStretch({ id: clip.id, start: low, end: high });
  }
  for (const input of [start, end]) input.addEventListener('change', typed);

  function numbers() {
    const own = clip && store.stretch?.id === clip.id ? store.stretch : null;
    start.value = own ? own.start.toFixed(2) : '';
    end.value = own ? own.end.toFixed(2) : '';
  }
  on('stretch', numbers);
  return { element, show(next) { clip = next; large.show(next); numbers(); } };
}
