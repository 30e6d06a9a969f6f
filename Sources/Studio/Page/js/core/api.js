/** Calls of the server. What it refuses becomes an Error with its words. */

const base = '/api/v1';

/** What undo takes back is what this page did. */
const page = crypto.getRandomValues(new Uint32Array(2)).reduce((text, value) => text + value.toString(36), '');
const mine = `?page=${page}`;

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
  jobs: () => call('GET', '/jobs?limit=500'),
  cancel: (id) => call('DELETE', `/jobs/${id}`),
  clips: (values, signal) => call('GET', '/clips' + query(values), { signal }),
  clip: (id) => call('GET', `/clips/${id}`),
  notes: (id) => call('GET', `/clips/${id}/notes`),
  stems: (id) => call('GET', `/clips/${id}/stems`),
  nearest: (id) => call('GET', `/clips/${id}/nearest`),
  change: (id, body) => call('PATCH', `/clips/${id}${mine}`, { body }),
  remove: (id) => call('DELETE', `/clips/${id}${mine}`),
  restore: (id) => call('POST', `/clips/${id}/restore${mine}`),
  emptyBin: () => call('POST', '/bin/empty'),
  clear: (group) => call('POST', `/clips/clear${mine}`, { body: { group, keep: 'picked' } }),
  undo: () => call('POST', `/undo${mine}`),
  compared: (body) => call('POST', `/comparisons${mine}`, { body }),
  taste: () => call('GET', '/taste'),
  pair: () => call('GET', '/taste/pair'),
  map: (values) => call('GET', '/map' + query(values)),
  history: (limit) => call('GET', '/history' + query({ limit })),
  course: (model) => call('GET', `/models/${encodeURIComponent(model)}/course`),
  evaluation: (model) => call('GET', `/models/${encodeURIComponent(model)}/evaluation`),
  folders: () => call('GET', '/folders'),
  makeFolder: (name) => call('POST', '/folders', { body: { name } }),
  folder: (name) => call('GET', `/folders/${encodeURIComponent(name)}`),
  addFile: (folder, file) => call('POST', `/folders/${encodeURIComponent(folder)}/files`,
    { form: formOf(file, file.name) }),
  captions: (folder, captions) => call('PATCH', `/folders/${encodeURIComponent(folder)}/captions`,
    { body: { captions } }),
  upload: (file, name) => call('POST', '/uploads', { form: formOf(file, name ?? file.name) }),
};

function formOf(file, name) {
  const form = new FormData();
  form.append('file', file, name);
  return form;
}

/** Addresses of a clip's parts. While only the preview is there, the preview's. */
export const address = {
  audio: (clip) => `${base}/clips/${clip.id}/audio${clip.draft ? '?draft=1' : ''}`,
  /** A preview's picture is one pixel narrower: another address, which no browser takes for the full clip's. */
  picture: (clip, width, height) =>
    `${base}/clips/${clip.id}/spectrogram.png?width=${clip.draft ? width - 1 : width}&height=${height}`,
  /** Without ids: all picks. */
  archive: (ids, extra = '') => `${base}/downloads.zip${query({ clips: ids.join(','), with: extra })}`,
};
