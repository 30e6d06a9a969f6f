/** How a model learns: its curve, and what was to be heard of it on the way, from the same noise at each step. */
import { api } from '../core/api.js';
import { el, replace } from '../core/dom.js';
import { share } from '../core/format.js';
import { on } from '../core/store.js';
import { playSound } from '../audio/clips.js';
import { sounding } from '../audio/player.js';
import { curveInWords, drawCurve } from './chart.js';

export function course() {
  const canvas = el('canvas', { class: 'curve', role: 'img' }), words = el('p', { class: 'soft' });
  const head = el('tr'), body = el('tbody');
  const table = el('table', { class: 'course', 'aria-label': 'What it makes, step by step' }, el('thead', {}, head), body);
  const scroll = el('div', { class: 'scroll' }, table);
  const element = el('div', { class: 'learned', hidden: true }, el('h4', { text: 'How it learns' }), canvas, words, scroll);
  let model = '', pending = false, again = false, curve = [];

  function cell(look, preview, category) {
    if (!preview) return el('td');
    const right = preview.takenFor === category, name = `${model}, ${category}, ${look.step} steps`;
    const said = `${category} after ${look.step} steps: ${right ? 'taken for it' : `taken for ${preview.takenFor}`}`;
    const made = el('button', { type: 'button', class: right ? 'heard right' : 'heard', title: said, 'aria-label': said,
      data: { sound: name }, on: { click: () => playSound(name, preview.audio, `${category}, ${look.step} steps`) } },
    el('img', { src: preview.picture, alt: '', loading: 'lazy', width: '96', height: '40', draggable: 'false' }));
    return el('td', {}, made);
  }

  function draw(answer) {
    const looks = answer.looks, categories = [...new Set(looks.flatMap((look) => look.previews.map((one) => one.category)))];
    element.hidden = answer.curve.length < 2 && !categories.length;
    curve = answer.curve;
    drawCurve(canvas, curve);
    canvas.setAttribute('aria-label', curveInWords(curve));
    const last = looks[looks.length - 1];
    words.textContent = !last ? '' : [`${answer.steps.toLocaleString('en')} steps`,
      Number.isFinite(last.obedience) ? `does what it is asked: ${share(last.obedience)}` : '',
      Number.isFinite(last.novelty) ? `novelty ${last.novelty.toFixed(2)}` : ''].filter(Boolean).join(' · ');
    const focused = document.activeElement?.dataset?.sound, placeBefore = scroll.scrollLeft;
    const atEnd = scroll.scrollLeft + scroll.clientWidth >= scroll.scrollWidth - 8;
    replace(head, el('th', { scope: 'col' }, el('span', { class: 'hidden-text', text: 'Category' })),
      ...looks.map((look) => el('th', { scope: 'col', text: look.step.toLocaleString('en') })));
    replace(body, ...categories.map((category) => el('tr', {}, el('th', { scope: 'row', text: category }),
      ...looks.map((look) => cell(look, look.previews.find((one) => one.category === category), category)))));
    // The newest is in sight, unless somebody looks at what was before.
    scroll.scrollLeft = atEnd ? scroll.scrollWidth : placeBefore;
    if (focused) body.querySelector(`[data-sound="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    light();
  }

  function light() {
    const owner = sounding()?.owner;
    for (const one of body.querySelectorAll('.heard')) one.classList.toggle('sounds', one.dataset.sound === owner);
  }

  // Arrows go from sound to sound, and play them.
  table.addEventListener('keydown', (event) => {
    const [across, down] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key] ?? [];
    const td = event.target.closest('td');
    if (across === undefined || !td) return;
    event.preventDefault();
    const next = td.parentElement.parentElement.rows[td.parentElement.sectionRowIndex + down]?.cells[td.cellIndex + across];
    const sound = next?.querySelector('button');
    if (!sound) return;
    sound.focus();
    sound.click();
  });
  new ResizeObserver(() => { if (canvas.clientWidth) drawCurve(canvas, curve); }).observe(canvas);
  on('sound', light);

  return {
    element,
    /** @param {string} name of a model; one that never learned here shows nothing */
    async show(name) {
      if (name !== model) element.hidden = true;
      model = name;
      // Events come faster than answers: one call at a time, and one more when it is back.
      if (pending) { again = true; return; }
      pending = true;
      const answer = name ? await api.course(name).catch(() => null) : null;
      pending = false;
      if (answer && model === name) draw(answer);
      if (!again) return;
      again = false;
      this.show(model);
    },
  };
}
