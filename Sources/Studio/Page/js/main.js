/** The studio: everything is started here. */
import { startAsk } from './ask/ask.js';
import { startSwaps } from './audio/clips.js';
import { startAudio } from './audio/context.js';
import { startMetronome } from './audio/metronome.js';
import { api } from './core/api.js';
import { attempt, button } from './core/dom.js';
import { listen, refresh } from './core/events.js';
import { icons } from './core/icons.js';
import { emit, madeJobs, store } from './core/store.js';
import { nextTheme, startTheme } from './core/theme.js';
import { ideas, showGroup, startIdeas } from './hear/ideas.js';
import { startPictures } from './hear/picture.js';
import { startHelp, toggleHelp } from './help.js';
import { startKeys, table } from './keys.js';
import { samples, startSamples } from './own/samples.js';
import { library, startLibrary } from './pick/library.js';
import { prepareDuel } from './pick/duel.js';
import { map, startMap } from './pick/map.js';
import { startInspector } from './refine/inspector.js';
import { startTrouble } from './trouble.js';
import { startTransport } from './transport.js';
import { showView, startViews } from './views.js';
import { startWork } from './work.js';

startTheme();
startAudio();
startViews([ideas, library, map, samples]);
startAsk();
startIdeas();
startPictures();
startLibrary();
startMap();
prepareDuel();
startSamples();
startInspector();
startTransport();
startMetronome();
startSwaps();
startWork();
startTrouble();
startHelp(table);
startKeys();

const theme = button({ icon: icons.sun, title: 'Dark, light, or as the system has it', class: 'quiet',
  run: () => { theme.title = `Now: ${nextTheme()}`; } });
document.getElementById('tools').append(theme,
  button({ icon: icons.help, title: 'The keys', key: '?', class: 'quiet', run: toggleHelp }));

showView('ideas', { focus: false });

await attempt(async () => {
  await refresh();
  listen();
  const [last] = madeJobs();
  if (last) await showGroup(last.group, last);
  document.body.dataset.ready = 'true';
});
attempt(async () => {
  store.models = (await api.models()).models;
  emit('models');
});
