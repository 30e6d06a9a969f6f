/** Paints the map. All points are painted once, below; what is chosen, marked and sounding lies above them. */
import { sounding } from '../audio/player.js';

const border = 16;

/** Where a point lies in a field of `width` by `height` pixels. */
const place = (point, { width, height }) => [border + point.x * (width - 2 * border),
  border + point.y * (height - 2 * border)];
const sizeFor = (count) => (count > 5000 ? 1.5 : count > 800 ? 3 : 5);

function pen(canvas, { width, height }) {
  const scale = devicePixelRatio, made = canvas.getContext('2d');
  canvas.width = width * scale;
  canvas.height = height * scale;
  made.scale(scale, scale);
  return made;
}

/** @param {{id: string, x: number, y: number, state?: string}[]} points */
export function drawPoints(canvas, field, points, stateOf) {
  const box = { width: field.clientWidth, height: field.clientHeight }, made = pen(canvas, box);
  const style = getComputedStyle(field), size = sizeFor(points.length), many = points.length > 3000;
  const layers = { rejected: '--line', new: '--soft', picked: '--star' };
  const sorted = { rejected: [], new: [], picked: [] };
  for (const point of points) (sorted[stateOf(point)] ?? sorted.new).push(point);
  for (const [state, name] of Object.entries(layers)) {
    const radius = state === 'picked' ? size + 1.5 : size;
    made.fillStyle = style.getPropertyValue(name);
    made.globalAlpha = state === 'new' && many ? 0.55 : 0.9;
    for (const point of sorted[state]) {
      const [x, y] = place(point, box);
      // A square of three pixels is seen as a point, and painted ten times as fast as a circle.
      if (radius < 2) { made.fillRect(x - radius, y - radius, 2 * radius, 2 * radius); continue; }
      made.beginPath();
      made.arc(x, y, radius, 0, 7);
      made.fill();
    }
  }
}

/** The rings around the chosen clip and around A. */
export function drawMarks(canvas, field, points, { chosen, a }) {
  const box = { width: field.clientWidth, height: field.clientHeight }, made = pen(canvas, box);
  const style = getComputedStyle(field), size = sizeFor(points.length) + 1;
  for (const [id, name, radius] of [[a, '--second', size + 4], [chosen, '--accent', size + 5]]) {
    const point = id && points.find((one) => one.id === id);
    if (!point) continue;
    const [x, y] = place(point, box);
    made.strokeStyle = made.fillStyle = style.getPropertyValue(name);
    made.lineWidth = 2;
    made.beginPath();
    made.arc(x, y, radius, 0, 7);
    made.stroke();
    if (sounding()?.owner !== id) continue;
    made.beginPath();
    made.arc(x, y, size, 0, 7);
    made.fill();
  }
}

/** The point of the map that a place of the field shows. */
export const pointAt = (x, y, { width, height }) => ({ x: (x - border) / (width - 2 * border),
  y: (y - border) / (height - 2 * border) });
