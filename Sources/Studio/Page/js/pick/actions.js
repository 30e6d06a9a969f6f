/** What the musician decides of a clip. The server keeps it; the page shows it at once. */
import { address, api } from '../core/api.js';
import { attempt, say } from '../core/dom.js';
import { choose, dropClip, emit, learnClips, putClip, store } from '../core/store.js';
import { comparison } from '../audio/clips.js';
import { view } from '../views.js';

async function change(id, body) {
  const clip = store.clips.get(id);
  if (!clip) return;
  putClip({ ...clip, ...body, shownBeside: undefined });
  const answer = await attempt(() => api.change(id, body));
  putClip(answer ? answer.clip : clip);
}

const beside = (id) => view().order().filter((other) => other !== id && store.clips.has(other)).slice(0, 64);

export function star(id) {
  const clip = store.clips.get(id);
  if (!clip) return;
  const state = clip.state === 'picked' ? 'new' : 'picked';
  say(state === 'picked' ? 'Starred: it lies in Picks now' : 'No longer starred');
  if (state === 'picked') decide(id);
  return change(id, { state, shownBeside: beside(id) });
}

/** Of two that are compared, the starred one is the better: the library remembers it. */
function decide(winner) {
  const pair = comparison(), sides = pair ? [pair.a.id, pair.b.id] : [];
  const loser = sides.find((side) => side !== winner);
  if (sides.includes(winner) && store.clips.has(loser)) api.compared({ winner, losers: [loser],
    kind: 'ab' }).catch(() => {});
}

export function reject(id) {
  const clip = store.clips.get(id);
  if (!clip) return;
  const state = clip.state === 'rejected' ? 'new' : 'rejected';
  say(state === 'rejected' ? 'Rejected' : 'No longer rejected');
  return change(id, { state, shownBeside: beside(id) });
}

export function rate(id, rating) {
  if (!store.clips.has(id)) return;
  say(rating ? `${rating} of 5` : 'No rating');
  return change(id, { rating });
}

export const annotate = (id, body) => change(id, body);

export async function undo() {
  const answer = await attempt(() => api.undo());
  if (!answer) return;
  learnClips(answer.clips);
  emit('restored', answer.clips.map((clip) => clip.id));
  for (const clip of answer.clips) putClip(clip);
  say(answer.undone ? `Undone: ${answer.undone}` : 'Undone');
}

export async function bin(id) {
  if (!store.clips.has(id)) return;
  const order = view().order(), next = order[order.indexOf(id) + 1] ?? order[order.indexOf(id) - 1];
  if (await attempt(async () => (await api.remove(id), true))) {
    dropClip(id);
    if (next) choose(next, { silent: true });
    say('In the bin. Undo brings it back');
  }
}

export async function restore(id) {
  if (!store.clips.has(id) || !(await attempt(async () => (await api.restore(id), true)))) return;
  emit('restored', [id]);
  say('Back from the bin');
}

/** All of a set that is not starred goes to the bin; what was chosen over what is kept. */
export async function clearRest(group) {
  if (!group) return say('There is no set to clear.', { bad: true });
  const all = [...store.clips.values()].filter((clip) => clip.group === group);
  const picks = all.filter((clip) => clip.state === 'picked').map((clip) => clip.id);
  const losers = all.filter((clip) => clip.state !== 'picked').map((clip) => clip.id);
  if (!picks.length) return say('Star at least one first: else all would go.', { bad: true });
  const answer = await attempt(() => api.clear(group));
  if (!answer) return;
  for (const id of answer.removed) dropClip(id);
  for (const winner of picks) if (losers.length) api.compared({ winner, losers, kind: 'grid' }).catch(() => {});
  choose(picks[0], { silent: true });
  say(`${answer.removed.length} in the bin. Undo brings them back`);
}

/** The chosen clip, when there is a file of it. */
function whole(id) {
  const clip = store.clips.get(id);
  if (clip?.draft) say('It is still being made: its file comes in a moment.', { bad: true });
  return clip?.draft ? undefined : clip;
}

/** Where a clip's file lies. */
export const pathOf = (clip) => {
  const folder = store.status?.library?.path ?? '';
  return clip.file.startsWith('/') ? clip.file : `${folder.replace(/\/$/, '')}/${clip.file}`;
};

export async function copyPath(id) {
  const clip = whole(id);
  if (!clip) return;
  await attempt(() => navigator.clipboard.writeText(pathOf(clip)));
  say('The path is in the clipboard');
}

function save(url, name) {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

export function download(id) {
  const clip = whole(id);
  if (clip) save(address.audio(clip), fileName(clip));
}

export const fileName = (clip) => clip.file.split('/').pop() || `${clip.name}.wav`;

export async function downloadPicks(extra = '') {
  const answer = await attempt(() => api.clips({ state: 'picked', limit: 1 }));
  if (!answer) return;
  if (!answer.total) return say('Nothing is starred yet.', { bad: true });
  save(address.archive([], extra), 'hiss-picks.zip');
  say(`${answer.total} picks as ZIP`);
}
