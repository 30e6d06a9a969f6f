/** Records the microphone: a hummed line. */
import { audio, wake } from './context.js';
import { stop } from './player.js';
import { wav } from './wav.js';

const longest = 60;

/**
 * @param {(seconds: number, peak: number) => void} tell
 * @returns {Promise<{finish: () => Blob, cancel: () => void}>}
 */
export async function record(tell) {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error('This browser gives no microphone to pages.');
  stop();
  wake();
  const { context } = audio();
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } })
    .catch((error) => { throw new Error(`The microphone cannot be used: ${error.message}`); });
  await context.audioWorklet.addModule(new URL('capture.js', import.meta.url));
  const source = context.createMediaStreamSource(stream), capture = new AudioWorkletNode(context, 'capture',
    { numberOfOutputs: 0 });
  /** @type {Float32Array[]} */
  const blocks = [];
  capture.port.onmessage = ({ data: { values } }) => {
    if (blocks.length * 2048 < longest * context.sampleRate) blocks.push(values);
    tell((blocks.length * 2048) / context.sampleRate, values.reduce((most, value) => Math.max(most, Math.abs(value)),
      0));
  };
  source.connect(capture);
  const end = () => {
    source.disconnect();
    for (const track of stream.getTracks()) track.stop();
  };
  return { cancel: end, finish: () => (end(), wav(blocks, context.sampleRate)) };
}
