/** The server's events. When the line breaks the browser calls again, and says what it heard last. */
import { dropClip, emit, putClip, putJob, store } from './store.js';
import { api } from './api.js';

export function listen(wasBroken = false) {
  const source = new EventSource('/api/v1/events');
  const hear = (name, run) => source.addEventListener(name, (event) => run(JSON.parse(event.data)));
  hear('job', ({ job }) => putJob(job));
  hear('clip', ({ clip }) => (clip.binned ? dropClip(clip.id) : putClip(clip)));
  hear('removed', ({ id }) => dropClip(id));
  hear('trouble', ({ trouble }) => {
    if (store.status) store.status.trouble = trouble;
    emit('trouble', trouble);
  });
  // Too much was missed to be told again.
  hear('reset', () => { refresh(); emit('reset'); });
  hear('library', (library) => {
    if (store.status) store.status.library = { ...store.status.library, ...library };
    emit('status', store.status);
  });
  // A studio that was started anew may know another token: then only its address helps.
  const again = () => setTimeout(async () => {
    const failure = await api.status().then(() => null, (error) => error);
    emit('stranger', failure?.status === 401);
    listen(true);
  }, 2000);
  let broken = wasBroken;
  source.addEventListener('error', () => {
    if (!broken) emit('line', false);
    broken = true;
    // A browser gives up for good where an answer is no stream, as when the library is locked.
    if (source.readyState === EventSource.CLOSED) again();
  });
  source.addEventListener('open', () => {
    if (broken) { refresh().catch(() => {}); emit('reset'); }
    emit('line', true);
    broken = false;
  });
}

export async function refresh() {
  store.status = await api.status();
  for (const job of (await api.jobs()).jobs) store.jobs.set(job.id, job);
  emit('status', store.status);
  emit('jobs');
}
