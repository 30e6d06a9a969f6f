/** A clip can be dragged out, into a sequencer or a file manager, where the browser can (Chromium: as a file). */
import { address } from '../core/api.js';
import { fileName } from '../pick/actions.js';

/** @param {HTMLElement} element @param {() => any} clipOf */
export function dragOut(element, clipOf) {
  element.draggable = true;
  element.addEventListener('dragstart', (event) => {
    const clip = clipOf();
    if (!clip || clip.draft || event.target.closest?.('input, canvas.roll')) return event.preventDefault();
    const url = new URL(address.audio({ ...clip, draft: false }), location.href).href;
    event.dataTransfer.effectAllowed = 'copy';
    event.dataTransfer.setData('DownloadURL', `audio/wav:${fileName(clip).replaceAll(':', '-')}:${url}`);
    event.dataTransfer.setData('text/uri-list', url);
    event.dataTransfer.setData('application/x-hiss-clip', clip.id);
  });
}
