/** Paints the map: stars bright, the chosen one ringed, what sounds lit. */
import { sounding } from '../audio/player.js';

export function drawMap(canvas, field, points, store) {
  const scale = devicePixelRatio, width = field.clientWidth, height = field.clientHeight;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const pen = canvas.getContext('2d'), style = getComputedStyle(field), colour = (name) => style.getPropertyValue(name);
  const place = (point) => [16 + point.x * (width - 32), 16 + point.y * (height - 32)];
  const size = points.length > 5000 ? 2 : points.length > 800 ? 3 : 5;
  pen.scale(scale, scale);
  const layers = { new: colour('--soft'), rejected: colour('--line'), picked: colour('--star') };
  for (const [state, fill] of Object.entries(layers)) {
    pen.fillStyle = fill;
    pen.globalAlpha = state === 'new' && points.length > 3000 ? 0.6 : 0.9;
    for (const point of points) {
      if ((store.clips.get(point.id)?.state ?? 'new') !== state) continue;
      const [x, y] = place(point);
      pen.beginPath();
      pen.arc(x, y, state === 'picked' ? size + 1 : size, 0, 7);
      pen.fill();
    }
  }
  pen.globalAlpha = 1;
  for (const [id, name, radius] of [[store.a, '--second', size + 4], [store.chosen, '--accent', size + 5]]) {
    const point = points.find((one) => one.id === id);
    if (!point) continue;
    const [x, y] = place(point);
    pen.strokeStyle = pen.fillStyle = colour(name);
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.stroke();
    if (sounding()?.owner !== id) continue;
    pen.beginPath();
    pen.arc(x, y, size, 0, 7);
    pen.fill();
  }
}
