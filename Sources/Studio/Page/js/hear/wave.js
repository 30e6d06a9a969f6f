/** Draws a waveform: the extremes of each column, and their mean power brighter. */

/** @param {HTMLCanvasElement} canvas @param {AudioBuffer} buffer */
export function drawWave(canvas, buffer) {
  const width = (canvas.width = Math.max(60, Math.round(canvas.clientWidth * devicePixelRatio)));
  const height = (canvas.height = Math.max(16, Math.round(canvas.clientHeight * devicePixelRatio)));
  const pen = canvas.getContext('2d'), values = buffer.getChannelData(0), middle = height / 2;
  const style = getComputedStyle(canvas);
  const outer = new Path2D(), inner = new Path2D();
  let most = 0.05;
  for (let i = 0; i < values.length; i += 7) most = Math.max(most, Math.abs(values[i]));
  for (let x = 0; x < width; x++) {
    const start = Math.floor((x * values.length) / width), end = Math.max(start + 1,
      Math.floor(((x + 1) * values.length) / width));
    const step = Math.max(1, Math.floor((end - start) / 160));
    let low = 1, high = -1, sum = 0, count = 0;
    for (let i = start; i < end; i += step) {
      const value = values[i];
      if (value < low) low = value;
      if (value > high) high = value;
      sum += value * value;
      count += 1;
    }
    const rms = Math.sqrt(sum / count) / most;
    outer.rect(x, middle - (high / most) * middle, 1, Math.max(1, ((high - low) / most) * middle));
    inner.rect(x, middle - rms * middle, 1, Math.max(1, 2 * rms * middle));
  }
  pen.fillStyle = style.getPropertyValue('--wave-outer');
  pen.fill(outer);
  pen.fillStyle = style.getPropertyValue('--wave-inner');
  pen.fill(inner);
}
