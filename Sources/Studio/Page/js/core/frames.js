/** The one loop of all that moves: meter, clock, lines over pictures. */
import { on, store } from './store.js';

/** @type {{paint: (seconds: number) => void, gap: number, last: number}[]} */
const painters = [];
const few = (navigator.hardwareConcurrency ?? 2) <= 4;
let making = false;

/** Calls `paint` with the seconds since its last call, at most so often a second. */
export function eachFrame(paint, perSecond = 60) {
  painters.push({ paint, gap: 1000 / perSecond - 4, last: 0 });
  if (painters.length > 1) return;
  for (const event of ['job', 'jobs']) on(event, () => {
    making = few && [...store.jobs.values()].some(({ state }) => state === 'running' || state === 'waiting');
  });
  requestAnimationFrame(frame);
}

function frame(now) {
  // While sounds are made a dozen times a second is enough: on few cores what is drawn keeps them from coming.
  if (making) setTimeout(() => requestAnimationFrame(frame), 70);
  else requestAnimationFrame(frame);
  for (const one of painters) {
    const passed = now - one.last;
    if (passed < one.gap) continue;
    one.last = now;
    one.paint(Math.min(0.25, passed / 1000));
  }
}
