/** The server's events. When the line breaks the browser calls again, and says what it heard last. */
import { dropClip, emit, putClip, putJob, store } from './store.js';
import { api } from './api.js';

export function listen() {
  const source = new EventSource('/api/v1/events');
  const hear = (name, run) => source.addEventListener(name, (event) => run(JSON.parse(event.data)));
  hear('job', ({ job }) => putJob(job));
  hear('clip', ({ clip }) => (clip.binned ? dropClip(clip.id) : putClip(clip)));
  hear('removed', ({ id }) => dropClip(id));
  // Too much was missed to be told again.
  hear('reset', () => { refresh(); emit('reset'); });
  hear('library', (library) => {
    if (store.status) store.status.library = { ...store.status.library, ...library };
    emit('status', store.status);
  });
  let broken = false;
  source.addEventListener('error', () => {
    if (!broken) emit('line', false);
    broken = true;
    // A browser gives up for good where an answer is no stream, as when the library is locked.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => (source.close(), listen()), 2000);
  });
  source.addEventListener('open', () => {
    if (broken) { refresh(); emit('reset'); }
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
