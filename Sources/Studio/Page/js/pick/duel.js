/** Compare these two: the pair whose answer tells most of one's taste. Both run at the same place. */
import { address, api } from '../core/api.js';
import { attempt, button, el, replace, say } from '../core/dom.js';
import { facts } from '../core/format.js';
import { learnClips, on } from '../core/store.js';
import { compare, comparison, setMix, sideOf } from '../audio/clips.js';
import { stop } from '../audio/player.js';

let dialog = null, pair = [], answered = 0;
const sides = [], words = el('p', { class: 'soft', role: 'status' });

function side(place) {
  const image = el('img', { alt: '', width: '480', height: '128', draggable: 'false' });
  const title = el('p', { class: 'title' }), about = el('p', { class: 'facts' });
  const better = button({ text: `${'AB'[place]} is better`, title: 'The next two come', key: 'Enter', class: 'main',
    run: () => answer(place) });
  const hear = el('button', { type: 'button', class: 'hear', title: `Hear ${'AB'[place]} (${'←→'[place]})`,
    on: { click: () => setMix(place) } }, el('b', { text: 'AB'[place] }), image);
  const element = el('div', { class: 'duelist' }, hear, title, about, better);
  sides[place] = { element, hear, show(clip) {
    image.src = address.picture(clip, 480, 128);
    hear.setAttribute('aria-label', `Hear ${'AB'[place]}: ${clip.prompt}`);
    title.textContent = clip.prompt || clip.name;
    replace(about, ...facts(clip).map((text) => el('span', { text })));
  } };
  return element;
}

async function next() {
  const found = await api.pair().catch((error) => error);
  if (!found.clips) {
    end();
    return say(found.status !== 404 ? found.message : answered ? 'No two are left whose comparison would tell more.'
      : 'Make some ideas first: there are no two to compare.', { bad: true });
  }
  pair = found.clips;
  learnClips(pair);
  pair.forEach((clip, i) => sides[i].show(clip));
  words.textContent = answered ? `${answered} answered. The library's order by taste follows.` : 'Which one do you like more?';
  if (!dialog.open) dialog.showModal();
  // Enter on it answers.
  sides[0].hear.focus();
  await compare(sideOf(pair[0]), sideOf(pair[1]), 0);
  return undefined;
}

async function answer(place) {
  const [winner, loser] = place ? [pair[1], pair[0]] : pair;
  const body = { winner: winner.id, losers: [loser.id], kind: 'ab' };
  if (!(await attempt(async () => { await api.compared(body); return true; }))) return;
  answered += 1;
  next();
}

function end() {
  if (dialog.open) dialog.close();
}

/** Asks of two clips, until it is closed. */
export function startDuel() {
  answered = 0;
  next();
}

export function prepareDuel() {
  dialog = el('dialog', { class: 'duel', 'aria-labelledby': 'duel-title' },
    el('div', { class: 'help-head' }, el('h2', { id: 'duel-title', text: 'Compare these two' }),
      button({ text: 'Close', title: 'Back to the clips', key: 'Escape', run: end })), words,
    el('div', { class: 'duelists' }, side(0), side(1)),
    el('div', { class: 'buttons' }, el('span', { class: 'soft',
      text: '← → hear one or the other, Enter says that what sounds is better.' })));
  dialog.addEventListener('keydown', (event) => {
    const inButton = event.target.closest('button');
    const turn = (place) => { setMix(place); sides[place].hear.focus(); };
    const acts = { ArrowLeft: () => turn(0), ArrowRight: () => turn(1), b: () => turn(comparison()?.mix > 0.5 ? 0 : 1),
      Enter: inButton && !inButton.classList.contains('hear') ? null : () => answer(comparison()?.mix > 0.5 ? 1 : 0) };
    if (!acts[event.key] || event.repeat) return;
    event.preventDefault();
    acts[event.key]();
  });
  dialog.addEventListener('close', () => { stop(); });
  on('comparison', (both) => sides.forEach((one, i) =>
    one.element.classList.toggle('sounds', Boolean(both) && (both.mix > 0.5 ? 1 : 0) === i)));
  document.body.append(dialog);
}
