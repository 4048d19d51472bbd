/**
 * Articles dragged from the list onto a collection. Built on pointer events: the native drop handler of the window, which
 * takes files, and HTML's own drag exclude each other on Windows. The menu of a row does the same by key.
 */
import type { ArticleId, CollectionId } from '../host/schema';

/** A press becomes a drag when the pointer has gone this far, in px. */
const SLACK = 6;

export function dragToCollection(ids: ArticleId[], { clientX, clientY }: PointerEvent, drop: (collection: CollectionId) => void) {
  let mark: HTMLElement | null = null;
  let over: HTMLElement | null = null;

  function move(event: PointerEvent) {
    if (!mark && Math.hypot(event.clientX - clientX, event.clientY - clientY) < SLACK) return;
    if (!mark) {
      mark = document.body.appendChild(document.createElement('div'));
      mark.className = 'dragged';
      mark.textContent = String(ids.length);
    }
    mark.style.left = `${event.clientX + 12}px`;
    mark.style.top = `${event.clientY + 8}px`;
    const to = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-drop-collection]') ?? null;
    if (to === over) return;
    delete over?.dataset.dropping;
    over = to;
    if (over) over.dataset.dropping = '';
  }

  function end(event: PointerEvent) {
    stop();
    if (mark && over && event.type === 'pointerup') drop(Number(over.dataset.dropCollection));
  }

  function key(event: KeyboardEvent) {
    if (event.key === 'Escape' && mark) stop();
  }

  function stop() {
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', end);
    removeEventListener('pointercancel', end);
    removeEventListener('keydown', key, true);
    mark?.remove();
    delete over?.dataset.dropping;
  }

  addEventListener('pointermove', move);
  addEventListener('pointerup', end);
  addEventListener('pointercancel', end);
  addEventListener('keydown', key, true);
}
