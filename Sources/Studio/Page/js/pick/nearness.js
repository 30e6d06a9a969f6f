/** Which points lie near, and which lies next in a direction. */

/**
 * @param {{id?: string, x: number, y: number}[]} points
 * @param {{id?: string, x: number, y: number}} from
 * @param {number} wide how much wider than high the map is
 */
export function nearest(points, from, count, wide = 1) {
  const best = [];
  for (const point of points) {
    if (from.id !== undefined && point.id === from.id) continue;
    const distance = ((point.x - from.x) * wide) ** 2 + (point.y - from.y) ** 2;
    if (best.length === count && distance >= best[count - 1].distance) continue;
    best.push({ id: point.id, distance });
    best.sort((a, b) => a.distance - b.distance);
    best.length = Math.min(best.length, count);
  }
  return best.map((one) => one.id);
}

/** The nearest within 45 degrees of an arrow; what lies aside counts as farther. */
export function towards(points, from, key) {
  const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  let best, least = Infinity;
  for (const point of points) {
    const x = point.x - from.x, y = point.y - from.y, along = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
    if (point === from || along <= 0 || aside > along) continue;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [point, cost];
  }
  return best;
}
