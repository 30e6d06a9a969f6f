extension SheetPage {
  static let style = """
    :root { color-scheme: light dark; --back: #f6f5f3; --card: #fff; --text: #1d1b19; --soft: #6b6660; --line: #dcd8d2;
      --accent: #b3431e; }
    @media (prefers-color-scheme: dark) {
      :root { --back: #161514; --card: #211f1d; --text: #ece8e2; --soft: #9d968d; --line: #37332f; --accent: #ff8a5c; }
    }
    * { box-sizing: border-box; margin: 0; }
    body { background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; padding: 24px; }
    header { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: baseline; margin-bottom: 20px; }
    h1 { font-size: 22px; }
    header p, article p { color: var(--soft); }
    #filter { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
      border-radius: 8px; padding: 6px 10px; min-width: 16em; }
    kbd { font: 12px ui-monospace, monospace; border: 1px solid var(--line); border-radius: 4px; padding: 1px 5px; }
    main { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 16px; }
    article { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 12px;
      display: flex; flex-direction: column; gap: 8px; content-visibility: auto; contain-intrinsic-size: auto 240px; }
    article[hidden] { display: none; }
    article:focus, :focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
    .picture { position: relative; cursor: pointer; border-radius: 6px; overflow: hidden; background: #000; }
    .picture img { display: block; width: 100%; height: 84px; }
    .picture i { position: absolute; inset: 0 auto 0 0; width: 2px; background: #fff; opacity: 0; }
    .playing .picture i { opacity: 1; }
    h2 { font-size: 15px; font-weight: 600; overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 3;
      -webkit-box-orient: vertical; overflow: hidden; flex: 1; }
    article p { font-size: 13px; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; }
    article span { overflow-wrap: anywhere; }
    audio { width: 100%; height: 36px; }
    footer { margin-top: 32px; }
    footer h2 { margin-bottom: 8px; }
    """

  /// Arrows move between cards, space plays, a click into a spectrogram plays from there; one clip sounds at a time.
  static let script = """
    'use strict';
    const cards = [...document.querySelectorAll('article')];
    const filter = document.getElementById('filter');
    const shown = () => cards.filter(card => !card.hidden);
    const sound = card => card.querySelector('audio');
    const columns = list => list.filter(card => card.offsetTop === list[0].offsetTop).length;
    let current = null;
    function choose(card) {
      if (!card) return;
      if (current) current.tabIndex = -1;
      current = card;
      card.tabIndex = 0;
      card.focus();
      card.scrollIntoView({block: 'nearest'});
    }
    function toggle(card) {
      const audio = sound(card);
      if (audio.paused) audio.play().catch(() => {}); else audio.pause();
    }
    for (const card of cards) {
      const audio = sound(card), cursor = card.querySelector('i');
      audio.addEventListener('play', () => {
        for (const other of cards) if (other !== card) sound(other).pause();
        card.classList.add('playing');
        const follow = () => {
          cursor.style.left = 100 * audio.currentTime / (audio.duration || 1) + '%';
          if (!audio.paused) requestAnimationFrame(follow);
        };
        follow();
      });
      audio.addEventListener('pause', () => card.classList.remove('playing'));
      card.querySelector('.picture').addEventListener('click', event => {
        const share = event.offsetX / event.currentTarget.offsetWidth;
        const from = () => { audio.currentTime = share * audio.duration; };
        choose(card);
        if (audio.readyState > 0) from(); else audio.addEventListener('loadedmetadata', from, {once: true});
        audio.play().catch(() => {});
      });
    }
    if (cards.length) cards[0].tabIndex = 0;
    filter.addEventListener('input', () => {
      const words = filter.value.toLowerCase().split(/\\s+/);
      for (const card of cards) {
        const text = card.textContent.toLowerCase();
        card.hidden = !words.every(word => text.includes(word));
      }
    });
    document.addEventListener('keydown', event => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target === filter) {
        if (event.key === 'Escape') { filter.value = ''; filter.dispatchEvent(new Event('input')); }
        if (event.key === 'Enter' || event.key === 'Escape' || event.key === 'ArrowDown') choose(shown()[0]);
        return;
      }
      if (event.target.tagName === 'AUDIO') return;
      const list = shown(), card = document.activeElement.closest('article'), at = list.indexOf(card);
      const row = list.length ? columns(list) : 1;
      const moves = {ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row, j: 1, k: -1};
      if (event.key in moves) choose(at < 0 ? list[0] : list[Math.max(0, Math.min(list.length - 1, at + moves[event.key]))]);
      else if (event.key === 'Home') choose(list[0]);
      else if (event.key === 'End') choose(list[list.length - 1]);
      else if ((event.key === ' ' || event.key === 'Enter') && card) toggle(card);
      else if (event.key === '/') filter.focus();
      else return;
      event.preventDefault();
    });
    """
}
