/** Runs in the audio thread: hands on what comes in, in blocks of 2,048 samples, each with its first sample's number. */
class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Float32Array(2048);
    this.filled = 0;
  }

  process([input]) {
    const values = input[0];
    if (!values) return true;
    if (this.filled === 0) this.first = currentFrame;
    for (const value of values) {
      this.block[this.filled++] = value;
      if (this.filled === this.block.length) {
        this.port.postMessage({ frame: this.first, values: this.block.slice() });
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor('capture', Capture);
