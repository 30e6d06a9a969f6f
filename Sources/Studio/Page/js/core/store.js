/** What the page knows: clips, jobs, what is chosen. Who wants to hear of changes listens. */

/**
 * @typedef {{id: string, file: string, name: string, prompt: string, model: string, seed: number, seconds: number,
 *   bpm?: number, key?: string, chords?: string, loop?: boolean, bars?: number, state: 'new'|'picked'|'rejected',
 *   rating: number, note: string, tags: string[], group: string, take: number, novelty?: number, loudness?: number,
 *   peak: number, kind: string, hasStems: boolean, hasNotes: boolean, draft: boolean, parents: string[],
 *   distance?: number, createdAt: string}} Clip
 */

const listeners = new Map();

/** @param {string} event @param {(detail: any) => void} run @returns {() => void} ends it */
export function on(event, run) {
  if (!listeners.has(event)) listeners.set(event, new Set());
  listeners.get(event).add(run);
  return () => listeners.get(event).delete(run);
}

export function emit(event, detail) {
  for (const run of [...(listeners.get(event) ?? [])]) run(detail);
}

export const store = {
  /** @type {Map<string, Clip>} */
  clips: new Map(),
  jobs: new Map(),
  /** @type {string|null} the chosen clip */
  chosen: null,
  /** @type {string|null} the clip marked A, to be compared or morphed with */
  a: null,
  /** The stretch that is marked: {id, start, end} in seconds. */
  stretch: null,
  status: null,
  models: [],
};

/** @param {Clip} clip */
export function putClip(clip) {
  const former = store.clips.get(clip.id);
  store.clips.set(clip.id, { ...former, ...clip });
  emit('clip', { clip: store.clips.get(clip.id), former });
}

/** For lists: knows the clips and tells nobody. */
export function learnClips(clips) {
  for (const clip of clips) store.clips.set(clip.id, { ...store.clips.get(clip.id), ...clip });
}

export function dropClip(id) {
  emit('removed', id);
}

export function putJob(job) {
  store.jobs.set(job.id, job);
  emit('job', job);
}

/** @param {string|null} id @param {{silent?: boolean}} [options] silent: do not sound */
export function choose(id, options = {}) {
  if (id && !store.clips.has(id)) return;
  const former = store.chosen;
  store.chosen = id;
  emit('chosen', { id, former, ...options });
}

export const chosenClip = () => (store.chosen ? store.clips.get(store.chosen) : undefined);

export function markStretch(stretch) {
  store.stretch = stretch;
  emit('stretch', stretch);
}

export function markA(id) {
  store.a = id;
  emit('a', id);
}

/** Jobs that made clips, the newest first. */
export const madeJobs = () => [...store.jobs.values()].filter((job) => job.clips?.length && job.kind !== 'train')
  .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
