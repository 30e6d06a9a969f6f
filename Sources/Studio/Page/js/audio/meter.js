/** The level of what leaves the page: peak with hold, and mean, in dB. */
import { audio } from './context.js';
import { sounding } from './player.js';

const floor = -54;
const share = (decibels) => Math.max(0, Math.min(1, 1 - decibels / floor));

/** @param {HTMLCanvasElement} canvas */
export function drawMeter(canvas) {
  const values = new Float32Array(2048), pen = canvas.getContext('2d');
  let hold = floor, over = 0, shown = floor, mean = floor;
  const frame = () => {
    requestAnimationFrame(frame);
    if (!canvas.offsetParent) return;
    let peak = 0, sum = 0;
    if (sounding()) {
      audio().analyser.getFloatTimeDomainData(values);
      for (const value of values) {
        peak = Math.max(peak, Math.abs(value));
        sum += value * value;
      }
    } else if (shown <= floor && hold <= floor) return;
    const level = 20 * Math.log10(peak + 1e-6);
    shown = Math.max(level, shown - 0.9);
    mean = Math.max(10 * Math.log10(sum / values.length + 1e-9), mean - 0.7);
    hold = Math.max(level, hold - 0.12);
    if (peak >= 0.9999) over = 90;
    over = Math.max(0, over - 1);
    paint(pen, canvas, { shown, mean, hold, over });
  };
  requestAnimationFrame(frame);
}

function paint(pen, canvas, { shown, mean, hold, over }) {
  const width = (canvas.width = canvas.clientWidth * devicePixelRatio),
    height = (canvas.height = canvas.clientHeight * devicePixelRatio);
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name);
  const cells = Math.max(12, Math.floor(width / (5 * devicePixelRatio))), cell = width / cells;
  for (let i = 0; i < cells; i++) {
    const level = floor * (1 - (i + 1) / cells);
    const lit = (i + 1) / cells <= share(shown), full = (i + 1) / cells <= share(mean);
    const held = Math.floor(share(hold) * cells) === i && hold > floor;
    pen.globalAlpha = lit || held ? (full || held ? 1 : 0.55) : 0.16;
    pen.fillStyle = level > -3 ? colour('--hot') : level > -12 ? colour('--accent') : colour('--good');
    pen.fillRect(i * cell, 0, cell - devicePixelRatio, height);
  }
  pen.globalAlpha = over ? 1 : 0;
  pen.fillStyle = colour('--hot');
  pen.fillRect(width - cell, 0, cell, height);
  pen.globalAlpha = 1;
}
