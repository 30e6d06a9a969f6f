/** What keeps the studio from its work, as long as it does: a bar that stays. */
import { el, replace } from './core/dom.js';
import { on } from './core/store.js';

export function startTrouble() {
  const bar = document.getElementById('trouble');
  let gone = false, strange = false, words = null;
  const draw = () => {
    const text = strange ? 'The studio was started anew: open the address that it printed.'
      : gone ? 'The studio does not answer. Is hiss studio still running? The page tries again.' : words;
    bar.hidden = !text;
    replace(bar, text && el('span', { class: 'led' }), text && el('span', { text }));
    document.body.classList.toggle('offline', gone);
  };
  on('line', (there) => { gone = !there; strange &&= gone; draw(); });
  on('stranger', (is) => { strange = is; draw(); });
  on('trouble', (sentence) => { words = sentence; draw(); });
  on('status', (status) => { words = status?.trouble ?? null; draw(); });
}
