/** The curve of a training: what it errs on clips that it learns from, and on clips that it never sees. */

const border = { left: 4, right: 4, top: 6, bottom: 6 };

/** @param {HTMLCanvasElement} canvas @param {{step: number, loss: number, heldOutLoss?: number}[]} curve */
export function drawCurve(canvas, curve) {
  const scale = devicePixelRatio, width = canvas.clientWidth, height = canvas.clientHeight;
  canvas.width = width * scale;
  canvas.height = height * scale;
  if (curve.length < 2) return;
  const pen = canvas.getContext('2d'), style = getComputedStyle(canvas), last = curve[curve.length - 1].step || 1;
  pen.scale(scale, scale);
  const values = curve.flatMap((one) => [one.loss, one.heldOutLoss]).filter((value) => value > 0);
  // Losses fall by factors: a logarithm shows the late steps too.
  const low = Math.log(Math.min(...values)), high = Math.log(Math.max(...values));
  const place = (step, value) => [border.left + (step / last) * (width - border.left - border.right),
    border.top + (1 - (Math.log(value) - low) / (high - low || 1)) * (height - border.top - border.bottom)];
  const line = (name, colour, wide) => {
    pen.strokeStyle = style.getPropertyValue(colour);
    pen.lineWidth = wide;
    pen.lineJoin = 'round';
    pen.beginPath();
    let begun = false;
    for (const one of curve) {
      if (!(one[name] > 0)) continue;
      pen[begun ? 'lineTo' : 'moveTo'](...place(one.step, one[name]));
      begun = true;
    }
    pen.stroke();
  };
  line('loss', '--edge', 1);
  line('heldOutLoss', '--accent', 2);
}

/** The curve in words, for those who do not see it. */
export function curveInWords(curve) {
  const held = curve.filter((one) => one.heldOutLoss > 0);
  if (!held.length) return 'Curve of the training';
  const [first, last] = [held[0], held[held.length - 1]];
  return `The error on clips that it never sees went from ${first.heldOutLoss.toFixed(3)} to ${last.heldOutLoss.toFixed(3)} `
    + `in ${last.step.toLocaleString('en')} steps`;
}
