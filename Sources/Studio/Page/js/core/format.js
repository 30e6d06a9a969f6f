/** Numbers as the page writes them. */
export const seconds = (value) => (value === undefined ? '' : `${value.toFixed(value < 10 ? 2 : 1)} s`);
export const clock = (value) => `${Math.floor(value / 60)}:${(value % 60).toFixed(2).padStart(5, '0')}`;
export const tempo = (value) => (value ? `${+value.toFixed(1)} bpm` : '');
export const decibels = (value) => (Number.isFinite(value) ? `${value.toFixed(1).replace('-', '−')} dB` : '');
export const share = (value) => `${Math.round(value * 100)} %`;
export const keyName = (value) => (value ? value.replace(' minor', ' min').replace(' major', ' maj') : '');

const units = [[60, 'second'], [60, 'minute'], [24, 'hour'], [30, 'day'], [12, 'month'], [Infinity, 'year']];

export function ago(time, now = Date.now()) {
  let value = (now - Date.parse(time)) / 1000;
  if (value < 5) return 'just now';
  for (const [size, name] of units) {
    if (value < size) return `${Math.floor(value)} ${name}${Math.floor(value) === 1 ? '' : 's'} ago`;
    value /= size;
  }
  return '';
}

/** What is known of a clip's music, in a few words. */
export const facts = (clip) => [tempo(clip.bpm), keyName(clip.key), Number.isInteger(clip.bars)
  ? `${clip.bars} bar${clip.bars === 1 ? '' : 's'}` : seconds(clip.seconds), clip.loop ? 'loop' : ''].filter(Boolean);
