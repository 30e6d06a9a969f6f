/** What the page remembers of how it was set: in this browser only. */
import { emit } from './store.js';

const place = 'hiss-studio';
const first = {
  theme: 'auto', volume: 0.9, level: true, loop: true, metronome: false, inTempo: false, letters: true, sound: true,
    more: false,
  distance: 0.3, count: 8,
};

function read() {
  try {
    return JSON.parse(localStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
}

export const settings = { ...first, ...read() };

export function set(name, value) {
  settings[name] = value;
  try {
    localStorage.setItem(place, JSON.stringify(settings));
  } catch {
    // A browser without a store forgets; nothing else is lost.
  }
  emit('setting', name);
}
