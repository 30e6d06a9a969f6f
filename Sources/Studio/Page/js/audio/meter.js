/** The level of what leaves the page: peak with hold, and mean, in dB. */
import { eachFrame } from '../core/frames.js';
import { on } from '../core/store.js';
import { audio } from './context.js';
import { sounding } from './player.js';

const floor = -54;
const share = (decibels) => Math.max(0, Math.min(1, 1 - decibels / floor));

/** @param {HTMLCanvasElement} canvas */
export function drawMeter(canvas) {
  const values = new Float32Array(2048), pen = canvas.getContext('2d');
  let hold = floor, over = 0, shown = floor, mean = floor;
  const look = looks(canvas);
  let painted = null;
  const frame = (seconds) => {
    if (!canvas.offsetParent) return;
    let peak = 0, sum = 0;
    if (sounding()) {
      audio().analyser.getFloatTimeDomainData(values);
      for (const value of values) {
        peak = Math.max(peak, Math.abs(value));
        sum += value * value;
      }
    } else if (shown <= floor && hold <= floor && painted === look()) return;
    const level = 20 * Math.log10(peak + 1e-6);
    // How fast they fall, in dB a second.
    shown = Math.max(level, shown - 54 * seconds);
    mean = Math.max(10 * Math.log10(sum / values.length + 1e-9), mean - 42 * seconds);
    hold = Math.max(level, hold - 7 * seconds);
    over = peak >= 0.9999 ? 1.5 : Math.max(0, over - seconds);
    painted = look();
    paint(pen, painted, { shown, mean, hold, over });
  };
  eachFrame(frame, 30);
}

/** Size and colours, found out again only when they may have changed. */
function looks(canvas) {
  let known = null;
  new ResizeObserver(() => { known = null; }).observe(canvas);
  on('setting', (name) => { if (name === 'theme') known = null; });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { known = null; });
  return () => {
    if (known) return known;
    const style = getComputedStyle(canvas), colour = (name) => style.getPropertyValue(name);
    canvas.width = canvas.clientWidth * devicePixelRatio;
    canvas.height = canvas.clientHeight * devicePixelRatio;
    known = { width: canvas.width, height: canvas.height, hot: colour('--hot'), accent: colour('--accent'), good: colour('--good') };
    return known;
  };
}

function paint(pen, { width, height, hot, accent, good }, { shown, mean, hold, over }) {
  pen.clearRect(0, 0, width, height);
  const cells = Math.max(12, Math.floor(width / (5 * devicePixelRatio))), cell = width / cells;
  for (let i = 0; i < cells; i++) {
    const level = floor * (1 - (i + 1) / cells);
    const lit = (i + 1) / cells <= share(shown), full = (i + 1) / cells <= share(mean);
    const held = Math.floor(share(hold) * cells) === i && hold > floor;
    pen.globalAlpha = lit || held ? (full || held ? 1 : 0.55) : 0.16;
    pen.fillStyle = level > -3 ? hot : level > -12 ? accent : good;
    pen.fillRect(i * cell, 0, cell - devicePixelRatio, height);
  }
  pen.globalAlpha = over ? 1 : 0;
  pen.fillStyle = hot;
  pen.fillRect(width - cell, 0, cell, height);
  pen.globalAlpha = 1;
}
