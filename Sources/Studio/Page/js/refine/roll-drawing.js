/** Where notes lie on the canvas, and their painting. */

const keys = 34;
const black = new Set([1, 3, 6, 8, 10]);

/** Pitches shown: those of the notes and a little more, two octaves at least. */
export function range(notes) {
  const pitches = notes.map((note) => note.pitch);
  let low = pitches.length ? Math.min(...pitches) - 3 : 55, high = pitches.length ? Math.max(...pitches) + 3 : 79;
  while (high - low < 24) {
    low -= 1;
    high += 1;
  }
  return { low: Math.max(0, low), high: Math.min(127, high) };
}

const rowHeight = (frame) => frame.height / (frame.high - frame.low + 1);
const across = (frame, seconds) => keys + (seconds / frame.seconds) * (frame.width - keys);
const top = (frame, pitch) => (frame.high - pitch) * rowHeight(frame);

export function placeOf(frame, { x, y }) {
  return { seconds: Math.max(0, ((x - keys) / (frame.width - keys)) * frame.seconds),
    pitch: frame.high - Math.floor(y / rowHeight(frame)) };
}

export function noteAt(frame, notes, at) {
  const { seconds, pitch } = placeOf(frame, at);
  return notes.findLastIndex((note) => note.pitch === pitch && seconds >= note.start
    && seconds <= note.start + note.duration);
}

/** Whether the pointer is at a note's right edge. */
export function edge(frame, note, { x }) {
  const end = across(frame, note.start + note.duration);
  return x > end - Math.min(7, (end - across(frame, note.start)) / 3);
}

export function paintRoll(canvas, frame, notes, chosen, bpm) {
  const scale = devicePixelRatio, style = getComputedStyle(canvas), colour = (name) => style.getPropertyValue(name);
  canvas.width = frame.width * scale;
  canvas.height = frame.height * scale;
  const pen = canvas.getContext('2d'), high = rowHeight(frame);
  pen.scale(scale, scale);
  for (let pitch = frame.low; pitch <= frame.high; pitch++) {
    pen.fillStyle = colour(black.has(pitch % 12) ? '--back' : '--panel');
    pen.fillRect(keys, top(frame, pitch), frame.width, high);
    pen.fillStyle = black.has(pitch % 12) ? '#1b1b1d' : '#e8e4dc';
    pen.fillRect(0, top(frame, pitch), keys - 3, high - 0.5);
    if (pitch % 12 || high < 5) continue;
    pen.fillStyle = '#444';
    pen.font = `${Math.min(10, high + 2)}px sans-serif`;
    pen.fillText(`C${pitch / 12 - 1}`, keys - 20, top(frame, pitch) + high - 1);
  }
  const beat = 60 / bpm;
  for (let i = 0; i * beat <= frame.seconds; i++) {
    pen.fillStyle = colour('--line');
    pen.globalAlpha = i % 4 ? 0.5 : 1;
    pen.fillRect(across(frame, i * beat), 0, i % 4 ? 1 : 1.5, frame.height);
  }
  pen.globalAlpha = 1;
  notes.forEach((note, i) => {
    const left = across(frame, note.start), width = Math.max(3, across(frame, note.start + note.duration) - left - 1);
    pen.fillStyle = colour(i === chosen ? '--text' : '--accent');
    pen.globalAlpha = i === chosen ? 1 : 0.45 + (0.55 * (note.velocity ?? 90)) / 127;
    pen.beginPath();
    pen.roundRect(left, top(frame, note.pitch) + 0.5, width, Math.max(2, high - 1), 2);
    pen.fill();
  });
  pen.globalAlpha = 1;
}
