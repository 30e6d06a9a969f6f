/** The keys. One table: what each does, and what the help says of it. */
import { focusPrompt, toggleMore } from './ask/ask.js';
import { say } from './core/dom.js';
import { settings, set } from './core/settings.js';
import { choose, chosenClip, markA, markStretch, store } from './core/store.js';
import { compare, comparison, playClip, sideOf, swap, toggleClip } from './audio/clips.js';
import { position, sounding } from './audio/player.js';
import { currentGroup } from './hear/ideas.js';
import { bin, clearRest, copyPath, download, downloadPicks, rate, reject, star, undo } from './pick/actions.js';
import { startDuel } from './pick/duel.js';
import { inspect, closeInspector, openTab } from './refine/inspector.js';
import { moreLike, goOn, makeLoop, morphWithA, redoStretch, askStems } from './refine/asks.js';
import { toggleHelp } from './help.js';
import { flip } from './transport.js';
import { showView, view, viewNames } from './views.js';
import { cancelLast } from './work.js';

const chosen = (run) => () => (store.chosen ? run(store.chosen) : say('Choose a clip first.', { bad: true }));

function edge(side) {
  const clip = chosenClip(), playing = sounding();
  if (!clip) return;
  const at = playing?.owner === clip.id ? position() : side === 'start' ? 0 : clip.seconds;
  const former = store.stretch?.id === clip.id ? store.stretch : { id: clip.id, start: 0, end: clip.seconds };
  const next = { ...former, [side]: Math.round(at * 1000) / 1000 };
  if (next.end - next.start < 0.05) return say('The stretch would be too short.', { bad: true });
  markStretch(next);
  say(`Stretch ${next.start.toFixed(2)} to ${next.end.toFixed(2)} s`);
}

function compareWithA() {
  if (comparison()) return swap();
  const a = store.clips.get(store.a), b = chosenClip();
  if (!a || !b || a.id === b.id) return say('Mark one clip with a, choose another, then b.', { bad: true });
  compare(sideOf(a), sideOf(b), 1);
}

function mark(id) {
  markA(store.a === id ? null : id);
  say(store.a ? 'This is A. Choose another, then b compares, g morphs' : 'No A');
}

/** @type {{keys: string[], shown?: string, does: string, group: string, run: (event: KeyboardEvent) => void}[]} */
export const table = [
  { group: 'Ask', keys: ['/'], does: 'To the prompt', run: focusPrompt },
  { group: 'Ask', keys: ['e'], does: 'Chords, tempo, key and more', run: () => toggleMore() },
  { group: 'Ask', keys: ['H'], shown: 'Shift+H', does: 'Hum a line; again ends it',
    run: () => document.querySelector('.hum').click() },
  { group: 'Ask', keys: ['.'], does: 'End the work in progress', run: cancelLast },
  { group: 'Hear', keys: ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'], shown: '← → ↑ ↓', does: 'Hear the next',
    run: (event) => step(event) },
  { group: 'Hear', keys: [' '], shown: 'space', does: 'Play the chosen clip or its stretch; stop',
    run: chosen(toggleClip) },
  { group: 'Hear', keys: ['l'], does: 'Loop', run: () => flip('loop') },
  { group: 'Hear', keys: ['m'], does: 'Metronome', run: () => flip('metronome') },
  { group: 'Hear', keys: ['q'], does: 'In tempo: start at the next bar', run: () => flip('inTempo') },
  { group: 'Hear', keys: ['o'], does: 'One level', run: () => flip('level') },
  { group: 'Hear', keys: ['+', '-'], shown: '+ −', does: 'Volume',
    run: (event) => set('volume', Math.max(0, Math.min(1, settings.volume + (event.key === '+' ? 0.05 : -0.05)))) },
  { group: 'Hear', keys: ['a'], does: 'Mark as A', run: chosen(mark) },
  { group: 'Hear', keys: ['b'], does: 'Compare A with the chosen clip; then swap them', run: compareWithA },
  { group: 'Pick', keys: ['s'], does: 'Star', run: chosen(star) },
  { group: 'Pick', keys: ['x'], does: 'Reject', run: chosen(reject) },
  { group: 'Pick', keys: ['1', '2', '3', '4', '5', '0'], shown: '1 … 5, 0', does: 'Rate',
    run: (event) => chosen((id) => rate(id, Number(event.key)))() },
  { group: 'Pick', keys: ['u'], does: 'Undo', run: undo },
  { group: 'Pick', keys: ['c'], does: 'Clear the rest of the set',
    run: () => clearRest(chosenClip()?.group ?? currentGroup()) },
  { group: 'Pick', keys: ['Delete'], does: 'To the bin', run: chosen(bin) },
  { group: 'Pick', keys: ['t'], does: 'Compare two: which is better?', run: startDuel },
  { group: 'Pick', keys: ['n'], does: 'Note and tags', run: chosen(() => openTab('about', '.note')) },
  { group: 'Refine', keys: ['Enter'], does: 'Open the chosen clip', run: chosen(() => inspect()) },
  { group: 'Refine', keys: ['Escape'], does: 'Back to the clips', run: () => closeInspector() },
  { group: 'Refine', keys: ['v'], does: 'More like this', run: chosen(moreLike) },
  { group: 'Refine', keys: ['[', ']'], shown: '[ ]', does: 'The stretch begins, ends here',
    run: (event) => edge(event.key === '[' ? 'start' : 'end') },
  { group: 'Refine', keys: ['\\'], does: 'No stretch', run: () => markStretch(null) },
  { group: 'Refine', keys: ['r'], does: 'Make the stretch again', run: chosen(redoStretch) },
  { group: 'Refine', keys: ['k'], does: 'Go on from its end', run: chosen(goOn) },
  { group: 'Refine', keys: ['L'], shown: 'Shift+L', does: 'A loop of it', run: chosen(makeLoop) },
  { group: 'Refine', keys: ['g'], does: 'Morph from A to it', run: chosen(morphWithA) },
  { group: 'Refine', keys: ['w'], does: 'Change a word or the chords, hear both',
    run: chosen(() => openTab('refine', '.words input')) },
  { group: 'Refine', keys: ['p'], does: 'Parts: stems of it', run: chosen(askStems) },
  { group: 'Refine', keys: ['i'], does: 'Its notes', run: chosen(() => openTab('parts', 'canvas.roll')) },
  { group: 'Take', keys: ['d'], does: 'Download', run: chosen(download) },
  { group: 'Take', keys: ['y'], does: 'Copy its path', run: chosen(copyPath) },
  { group: 'Take', keys: ['z'], does: 'All picks as ZIP', run: () => downloadPicks() },
  { group: 'Views', keys: ['f'], does: 'Find in the library',
    run: () => { showView('library'); document.querySelector('#find')?.focus(); } },
  { group: 'Views', keys: ['!', '@', '#', '$'], shown: 'Shift+1 … 4', does: 'Ideas, library, map, samples',
    run: () => {} },
  { group: 'Views', keys: ['?'], does: 'These keys', run: () => toggleHelp() },
];

const byKey = new Map(table.flatMap((row) => row.keys.map((key) => [key, row])));

/** The next clip in the direction of an arrow; it sounds at once. */
function step(event) {
  const shown = view(), order = shown.order(), at = order.indexOf(store.chosen);
  if (!order.length) return;
  const next = shown.step ? shown.step(event.key) : order[place(at, order.length, event.key, shown.columns?.() ?? 1)];
  if (!next) return;
  // Sound first: what the page has to draw can wait.
  playClip(next);
  choose(next, { silent: true });
  shown.focus(next);
}

function place(at, count, key, columns) {
  if (at < 0) return 0;
  const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  return Math.max(0, Math.min(count - 1, at + move));
}

const writes = (target) =>
  target.closest('input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]');
const moves = 'input[type=range], [role=tab], .roll, .tree';
const own = { ' ': 'button, summary, input[type=checkbox], a[href]', Enter: 'button, summary, a[href]',
  ArrowUp: moves,
  ArrowDown: moves, ArrowLeft: moves, ArrowRight: moves, Delete: '.roll' };

/** Escape leaves a field: back to the clips, or to the view, where letters are keys again. */
function leave(target) {
  const fallback = document.getElementById('view');
  if (fallback.contains(target)) fallback.focus();
  else view().focus();
  if (document.activeElement === target || writes(document.activeElement)) fallback.focus();
}

export function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const { target, key } = event;
    const digit = event.shiftKey && !event.ctrlKey && !event.altKey && /^Digit([1-9])$/.exec(event.code);
    if (writes(target)) {
      if (key === 'Escape') leave(target);
      return;
    }
    if ((event.ctrlKey || event.metaKey) && key === 'z') { event.preventDefault(); return undo(); }
    // Some keyboards have [ and ] with the right Alt key.
    const altered = (event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph');
    if (altered || event.metaKey || document.querySelector('dialog[open]')) return;
    if (digit && viewNames()[digit[1] - 1]) { event.preventDefault(); return showView(viewNames()[digit[1] - 1]); }
    if (own[key] && target.closest(own[key])) return;
    const row = byKey.get(key);
    if (!row || (!settings.letters && key.length === 1 && key !== ' ' && key !== '?')) return;
    event.preventDefault();
    if (!event.repeat || key.startsWith('Arrow') || '+-'.includes(key)) row.run(event);
  });
}
