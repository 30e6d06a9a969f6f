/** What is asked of a clip that is there: relatives, a stretch again, what goes on, loops, ways, stems. */
import { send } from '../ask/ask.js';
import { say } from '../core/dom.js';
import { settings } from '../core/settings.js';
import { choose, on, store } from '../core/store.js';
import { compare, sideOf } from '../audio/clips.js';
import { openTab } from './inspector.js';

export const moreLike = (id, distance = settings.distance, count = 8) =>
  send({ kind: 'vary', source: id, distance, count });

const stretchOf = (id) => (store.stretch?.id === id ? { start: store.stretch.start, end: store.stretch.end } : null);

export function redoStretch(id) {
  const region = stretchOf(id);
  if (!region) return say('Mark a stretch first: drag over the picture, or [ and ] where it begins and ends.',
    { bad: true });
  return send({ kind: 'redo', source: id, region, count: 4 });
}

export function goOn(id) {
  const { seconds } = store.clips.get(id);
  return send({ kind: 'continue', source: id, seconds: Math.min(120, Math.round(seconds * 2000) / 1000), count: 4 });
}

/** A marked stretch is cut out as it is; without one, four loops are made from the clip's own noise. */
export function makeLoop(id) {
  const region = stretchOf(id);
  return send({ kind: 'loop', source: id, region, count: region ? 1 : 4 });
}

export function morphWithA(id) {
  if (!store.clips.has(store.a)
    || store.a === id) return say('Mark the clip to start from with a, choose another, then g.', { bad: true });
  return send({ kind: 'morph', sources: [store.a, id], count: 5 });
}

export async function askStems(id) {
  if (store.clips.get(id)?.hasStems) return openTab('parts');
  const { prompt, bpm, key, bars, model } = store.clips.get(id);
  const whole = Number.isInteger(bars) ? bars : undefined;
  const job = await send({ kind: 'stems', source: id, prompt, bpm, key, bars: whole, model: plainName(model), count: 1 },
    { show: false });
  if (!job) return undefined;
  say('Stems are being made');
  const end = on('job', (now) => {
    if (now.id !== job.id || now.state === 'waiting' || now.state === 'running') return;
    end();
    const made = [...(now.clips ?? []), id].find((one) => store.clips.get(one)?.hasStems);
    if (now.state !== 'done' || !made) return;
    choose(made, { silent: true });
    openTab('parts');
    say('The stems are there');
  });
  return job;
}

const jobOf = (clip) => [...store.jobs.values()].find((job) => job.group === clip.group && job.request);
const plainName = (text) => (/^[\w.-]+$/.test(text ?? '') ? text : undefined);
const known = (value) => value !== undefined && value !== null && value !== '';

/** A job that makes this one clip as its own did, with the same seed: what is changed of it then is all that differs. */
export function sameAs(clip) {
  const asked = jobOf(clip)?.request, { request: made = {}, ...tags } = clip.request ?? {};
  if (asked?.kind === 'generate') return { ...asked, seed: clip.seed, count: 1, draft: undefined };
  const controls = made.controls ?? tags.controls ?? {}, whole = Number.isInteger(clip.bars) && known(clip.bpm);
  return {
    kind: 'generate', prompt: clip.prompt, seed: clip.seed, count: 1, model: plainName(clip.model), bars: whole
      ? clip.bars : undefined,
    seconds: whole ? undefined : clip.seconds, bpm: clip.bpm ?? controls.tempo, key: clip.key ?? controls.key,
      chords: clip.chords,
    loop: clip.loop || undefined, steps: made.steps, guidanceScale: made.guidanceScale,
      negativePrompt: made.negativePrompt,
  };
}

/** The job that makes a clip again, and which of its takes is the clip; nil where nobody knows how it was asked for. */
export function again(clip) {
  const asked = jobOf(clip)?.request;
  if (!asked) return clip.kind === 'generate' ? { job: sameAs(clip), take: 1 } : null;
  return asked.kind === 'generate' ? { job: sameAs(clip), take: 1 } : { job: asked, take: clip.take };
}

/** Makes `job` and lets it be heard beside the clip that it came from. */
export async function besideIt(clip, job) {
  const sent = await send(job, { show: false });
  if (!sent) return undefined;
  say('It is being made; then both sound at the same place');
  const end = on('clip', ({ clip: made }) => {
    if (made.group !== sent.group || made.draft) return;
    end();
    compare(sideOf(clip), sideOf(made), 1);
    say('B is the new one: b swaps them');
  });
  return sent;
}
