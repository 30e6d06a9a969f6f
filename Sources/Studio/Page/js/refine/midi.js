/** Notes as a standard MIDI file of one track, 480 ticks a quarter. */

const ticks = 480;

function length(value) {
  const bytes = [value & 127];
  while ((value >>= 7)) bytes.unshift((value & 127) | 128);
  return bytes;
}

/**
 * @param {{pitch: number, start: number, duration: number, velocity?: number}[]} notes in seconds
 * @param {number} bpm
 * @returns {File}
 */
export function midiFile(notes, bpm) {
  const at = (seconds) => Math.round((seconds * bpm * ticks) / 60);
  const events = notes.flatMap((note) => [
    { time: at(note.start), order: 1, bytes: [0x90, note.pitch, Math.round(note.velocity || 90)] },
    { time: Math.max(at(note.start) + 1, at(note.start + note.duration)), order: 0, bytes: [0x80, note.pitch, 0] },
  ]).sort((a, b) => a.time - b.time || a.order - b.order);
  const beat = Math.round(60e6 / bpm);
  const track = [0, 0xff, 0x51, 3, beat >> 16, (beat >> 8) & 255, beat & 255];
  let now = 0;
  for (const event of events) {
    track.push(...length(event.time - now), ...event.bytes);
    now = event.time;
  }
  track.push(0, 0xff, 0x2f, 0);
  const size = [track.length >>> 24, (track.length >> 16) & 255, (track.length >> 8) & 255, track.length & 255];
  const head = [0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, ticks >> 8, ticks & 255, 0x4d, 0x54, 0x72, 0x6b,
    ...size];
  return new File([new Uint8Array([...head, ...track])], 'piano roll.mid', { type: 'audio/midi' });
}
