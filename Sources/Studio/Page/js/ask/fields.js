/** The fields beside the prompt: what they set counts more than the prompt. */
import { el, field, replace } from '../core/dom.js';
import { set, settings } from '../core/settings.js';
import { on } from '../core/store.js';

const tones = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
const number = (given) => el('input', { type: 'number', inputmode: 'decimal', ...given });
const valueOf = (input) => (input.value.trim() === '' ? undefined : Number(input.value));

export function fields() {
  const chords = el('input', { type: 'text', placeholder: 'Am F C G', maxlength: '400', spellcheck: 'false',
    class: 'wide' });
  const bpm = number({ min: '20', max: '300', step: 'any', placeholder: '—' });
  const bars = number({ min: '1', max: '64', step: '1', placeholder: '—' });
  const length = number({ min: '0.1', max: '120', step: 'any', placeholder: '4' });
  const key = el('select', {}, el('option', { value: '', text: '—' }),
    ...['minor', 'major'].flatMap((mode) => tones.map((tone) =>
      el('option', { value: `${tone} ${mode}`, text: `${tone} ${mode}` }))));
  const loop = el('input', { type: 'checkbox' });
  const count = number({ min: '1', max: '64', step: '1', value: String(settings.count) });
  const model = el('select', {});
  const voice = el('select', {}, el('option', { value: '', text: 'none' }));
  const weight = number({ min: '0', max: '2', step: '0.1', value: '1' });
  const seed = number({ min: '0', step: '1', placeholder: 'chance' });
  const place = number({ min: '-100', max: '100', step: '5', placeholder: '0' });
  const width = number({ min: '0', max: '200', step: '10', placeholder: '100' });
  const mono = el('input', { type: 'checkbox' });
  const share = (input) => (valueOf(input) === undefined ? undefined : valueOf(input) / 100);
  const without = el('input', { type: 'text', placeholder: 'drums', maxlength: '400' });
  const steps = number({ min: '1', max: '64', step: '1', placeholder: '8' });
  const guidance = number({ min: '0', max: '20', step: 'any', placeholder: '2.5' });
  count.addEventListener('change', () => set('count', Math.max(1, Math.min(64, valueOf(count) || 8))));

  on('setting', (name) => { if (name === 'count') count.value = String(settings.count); });

  const element = el('div', { class: 'fields' },
    field('Chords', chords, 'Chords in a row, or degrees with a key: i VI III VII. They repeat until the clip is full.'),
    field('Tempo', bpm, 'Quarter notes a minute'),
    field('Key', key, 'The scale to play in'),
    field('Bars', bars, 'The length in bars, exact to the sample; it wants a tempo'),
    field('Seconds', length, 'The length in seconds, where no bars are given'),
    el('label', { class: 'field check', title: 'Its end goes over into its beginning' },
      el('span', { class: 'name', text: 'Loop' }), loop),
    field('Ideas', count, 'How many ideas are made, 1 to 64'),
    field('Model', model, 'Which model makes it; one trained on your samples is here too'),
    field('Voice', voice, 'What a folder taught, added to the model'),
    field('Weight', weight, 'How much of the voice, 0 to 2'),
    field('Place', place, 'From -100, the left, to 100, the right; the clip has two channels then'),
    field('Width', width, 'How wide the clip is in percent: 0 is the same on both sides, 100 as it comes, 200 widest'),
    el('label', { class: 'field check', title: 'One channel, of a model that makes two' },
      el('span', { class: 'name', text: 'Mono' }), mono),
    field('Without', without, 'What it should not sound like'),
    field('Seed', seed, 'The same seed gives the same sound; empty is by chance'),
    field('Steps', steps, 'Steps from noise to sound: 4 is a draft, 16 a little better'),
    field('Guidance', guidance, 'How strongly the prompt is followed; 1 is without'));

  return {
    element,
    values() {
      const withBars = valueOf(bars) !== undefined;
      return {
        chords: chords.value.trim() || undefined, bpm: valueOf(bpm), key: key.value || undefined, bars: valueOf(bars),
        seconds: withBars ? undefined : valueOf(length), loop: loop.checked || undefined, count: valueOf(count)
          || settings.count,
        model: model.value || undefined, voices: voice.value ? [{ name: voice.value, weight: valueOf(weight) ?? 1 }]
          : undefined,
        seed: valueOf(seed), negativePrompt: without.value.trim() || undefined, steps: valueOf(steps),
          guidanceScale: valueOf(guidance), pan: share(place), width: share(width), mono: mono.checked || undefined,
      };
    },
    fill(values) {
      chords.value = values.chords ?? '';
      bpm.value = values.bpm ?? '';
      bars.value = values.bars ?? '';
      key.value = values.key ?? '';
      length.value = values.bars ? '' : values.seconds ?? '';
      loop.checked = Boolean(values.loop);
      seed.value = values.seed ?? '';
      without.value = values.negativePrompt ?? '';
      const percent = (value) => (value === undefined || value === null ? '' : Math.round(100 * value));
      place.value = percent(values.pan);
      width.value = percent(values.width);
      mono.checked = Boolean(values.mono);
    },
    models(all) {
      const chosen = model.value, spoken = voice.value;
      const options = (kind) => all.filter((one) => one.kind === kind).map((one) =>
        el('option', { value: one.name, text: one.title || one.name, title: one.description ?? '' }));
      replace(model, ...options('model'));
      replace(voice, el('option', { value: '', text: 'none' }), ...options('voice'));
      if (chosen) model.value = chosen;
      voice.value = spoken;
    },
  };
}
