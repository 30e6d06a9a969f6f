/** Calls of the server. What it refuses becomes an Error with its words. */

const base = '/api/v1';

async function call(method, path, { body, form, signal } = {}) {
  let answer;
  try {
    answer = await fetch(base + path, {
      method, signal, credentials: 'same-origin', body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Error('The studio does not answer. Is hiss studio still running?');
  }
  if (answer.ok) return answer.status === 204 ? null : answer.json().catch(() => null);
  const problem = await answer.json().catch(() => ({}));
  const failure = new Error(problem.detail || problem.title || `The studio answered ${answer.status}.`);
  failure.status = answer.status;
  throw failure;
}

function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? '?' + new URLSearchParams(given) : '';
}

export const api = {
  status: () => call('GET', '/status'),
  models: () => call('GET', '/models'),
  reading: (body, signal) => call('POST', '/reading', { body, signal }),
  ask: (body) => call('POST', '/jobs', { body }),
  jobs: () => call('GET', '/jobs'),
  cancel: (id) => call('DELETE', `/jobs/${id}`),
  clips: (values, signal) => call('GET', '/clips' + query(values), { signal }),
  clip: (id) => call('GET', `/clips/${id}`),
  notes: (id) => call('GET', `/clips/${id}/notes`),
  stems: (id) => call('GET', `/clips/${id}/stems`),
  nearest: (id) => call('GET', `/clips/${id}/nearest`),
  change: (id, body) => call('PATCH', `/clips/${id}`, { body }),
  remove: (id) => call('DELETE', `/clips/${id}`),
  restore: (id) => call('POST', `/clips/${id}/restore`),
  emptyBin: () => call('POST', '/bin/empty'),
  clear: (group) => call('POST', '/clips/clear', { body: { group, keep: 'picked' } }),
  undo: () => call('POST', '/undo'),
  compared: (body) => call('POST', '/comparisons', { body }),
  map: (values) => call('GET', '/map' + query(values)),
  history: (limit) => call('GET', '/history' + query({ limit })),
  folder: (path) => call('POST', '/folders', { body: { path } }),
  captions: (body) => call('PATCH', '/folders', { body }),
  train: (body) => call('POST', '/folders/train', { body }),
  upload: (file, name) => {
    const form = new FormData();
    form.append('file', file, name ?? file.name);
    return call('POST', '/uploads', { form });
  },
};

/** Addresses of a clip's parts. While only the preview is there, the preview's. */
export const address = {
  audio: (clip) => `${base}/clips/${clip.id}/audio${clip.draft ? '?draft=1' : ''}`,
  picture: (clip, width, height) =>
    `${base}/clips/${clip.id}/spectrogram.png?width=${width}&height=${height}${clip.draft ? '&draft=1' : ''}`,
  archive: (ids, extra = '') => `${base}/downloads.zip?clips=${ids.join(',')}${extra ? `&with=${extra}` : ''}`,
};
