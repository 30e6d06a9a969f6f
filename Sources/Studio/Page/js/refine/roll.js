/** A piano roll: notes over time and pitch, to be edited by pointer or by keys. */
import { el } from '../core/dom.js';
import { blip } from '../audio/blip.js';
import { edge, noteAt, paintRoll, placeOf, range } from './roll-drawing.js';

/** @typedef {{pitch: number, start: number, duration: number, velocity: number}} Note */

export function pianoRoll() {
  const canvas = el('canvas', { class: 'roll', tabIndex: 0, role: 'application' });
  const element = el('div', { class: 'roll-box' }, canvas);
  /** @type {{bpm: number, seconds: number, parts: {name: string, notes: Note[]}[], owner: string}} */
  let score = { bpm: 120, seconds: 4, parts: [{ name: '', notes: [] }], owner: '' };
  let chosenPart = 0, chosen = -1, drag = null;

  const notes = () => score.parts[chosenPart].notes;
  const unit = () => 15 / score.bpm;
  const snap = (seconds) => Math.max(0, Math.round(seconds / unit()) * unit());
  const frame = () => ({ seconds: score.seconds, ...range(notes()), width: canvas.clientWidth,
    height: canvas.clientHeight });

  function draw() {
    if (!canvas.clientWidth) return;
    paintRoll(canvas, frame(), notes(), chosen, score.bpm, score.owner);
    const note = notes()[chosen];
    canvas.setAttribute('aria-label', `Piano roll of ${score.parts[chosenPart].name}, ${notes().length} notes. ${note
      ? `Chosen: ${names[note.pitch % 12]}${Math.floor(note.pitch / 12) - 1} at ${note.start.toFixed(2)} s, ${note.duration.toFixed(2)} s long.` : ''}`);
  }

  function add(pitch, start) {
    const note = { pitch, start: Math.min(snap(start), Math.max(0, score.seconds - unit())), duration: 2 * unit(),
      velocity: 90 };
    notes().push(note);
    notes().sort((a, b) => a.start - b.start || a.pitch - b.pitch);
    chosen = notes().indexOf(note);
    blip(pitch);
  }

  canvas.addEventListener('pointerdown', (event) => {
    canvas.focus();
    canvas.setPointerCapture(event.pointerId);
    const shown = frame(), at = { x: event.offsetX, y: event.offsetY };
    chosen = noteAt(shown, notes(), at);
    const where = placeOf(shown, at);
    if (chosen < 0) add(where.pitch, Math.floor(where.seconds / unit()) * unit());
    const note = notes()[chosen];
    drag = { note, long: edge(shown, note, at), from: where, was: { ...note }, shown };
    draw();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const where = placeOf(drag.shown, { x: event.offsetX, y: event.offsetY }),
      passed = where.seconds - drag.from.seconds;
    if (drag.long) drag.note.duration = Math.max(unit(), snap(drag.was.duration + passed));
    else {
      const pitch = Math.max(0, Math.min(127, drag.was.pitch + where.pitch - drag.from.pitch));
      if (pitch !== drag.note.pitch) blip(pitch);
      drag.note.pitch = pitch;
      drag.note.start = Math.min(snap(drag.was.start + passed), score.seconds - unit());
    }
    draw();
  });
  canvas.addEventListener('pointerup', () => { drag = null; draw(); });

  canvas.addEventListener('keydown', (event) => {
    const note = notes()[chosen], { key, shiftKey } = event;
    const acts = {
      ',': () => { chosen = Math.max(0, chosen - 1); hear(); },
        '.': () => { chosen = Math.min(notes().length - 1, chosen + 1); hear(); },
      Insert: () => add(note?.pitch ?? 60, note ? note.start + note.duration : 0),
      Delete: () => { if (note) { notes().splice(chosen, 1); chosen = Math.min(chosen, notes().length - 1); } },
      ArrowUp: () => move(note, 0, 1), ArrowDown: () => move(note, 0, -1),
      ArrowRight: () => (shiftKey ? longer(note, 1) : move(note, 1, 0)),
        ArrowLeft: () => (shiftKey ? longer(note, -1) : move(note, -1, 0)),
    };
    if (!acts[key]) return;
    event.preventDefault();
    acts[key]();
    draw();
  });

  function hear() {
    const note = notes()[chosen];
    if (note) blip(note.pitch);
  }

  function move(note, steps, tones) {
    if (!note) return;
    note.start = Math.max(0, Math.min(score.seconds - unit(), note.start + steps * unit()));
    note.pitch = Math.max(0, Math.min(127, note.pitch + tones));
    if (tones) blip(note.pitch);
  }

  function longer(note, steps) {
    if (note) note.duration = Math.max(unit(), note.duration + steps * unit());
  }

  new ResizeObserver(draw).observe(canvas);
  return {
    element, draw, bpm: () => score.bpm, notes,
    show(next) {
      score = { ...next, parts: next.parts.map((part) =>
        ({ ...part, notes: part.notes.map((note) => ({ ...note })) })) };
      [chosenPart, chosen] = [0, -1];
      draw();
    },
    choose(index) {
      [chosenPart, chosen] = [index, -1];
      draw();
    },
  };
}

const names = ['C', 'C sharp', 'D', 'E flat', 'E', 'F', 'F sharp', 'G', 'A flat', 'A', 'B flat', 'B'];
