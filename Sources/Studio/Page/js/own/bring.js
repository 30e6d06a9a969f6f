/** A folder that is dropped or chosen comes into the library, file by file. */
import { api } from '../core/api.js';

const most = 5000;

/** Letters, digits, - and _ of a folder's name. */
export const plainName = (text) => text.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g,
  '').slice(0, 60).toLowerCase() || 'samples';

const entriesOf = (folder) => new Promise((done, fail) => {
  const reader = folder.createReader(), all = [];
  const more = () => reader.readEntries((some) => {
    all.push(...some);
    if (some.length) more();
    else done(all);
  }, fail);
  more();
});

async function collect(entry, files) {
  if (files.length >= most) return;
  if (entry.isFile) files.push(await new Promise((done, fail) => { entry.file(done, fail); }));
  else for (const one of await entriesOf(entry)) await collect(one, files);
}

/** @param {DataTransfer} transfer @returns {Promise<{name: string, files: File[]}>} */
export async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = [];
  for (const entry of entries) await collect(entry, files);
  return { name: entries.find((entry) => entry.isDirectory)?.name ?? 'samples', files };
}

/**
 * @param {string} name of the folder in the library
 * @param {File[]} files
 * @param {(done: number) => void} tell
 * @returns {Promise<string[]>} what was refused, and why
 */
export async function send(name, files, tell) {
  await api.makeFolder(name);
  const refused = [], left = [...files];
  let done = 0;
  const carry = async () => {
    for (let file = left.shift(); file; file = left.shift()) {
      // What is there already stays.
      await api.addFile(name, file).catch((error) => { if (error.status !== 409) refused.push(`${file.name}: ${error.message}`); });
      tell(++done);
    }
  };
  await Promise.all([carry(), carry()]);
  return refused;
}
