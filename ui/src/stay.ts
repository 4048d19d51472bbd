/**
 * No link in the window is followed, whoever put it there: what a link is for here, a handler of ours does. The window
 * refuses to go elsewhere anyway; but an address that cannot be read empties it before it is asked, and any other
 * may have its name looked up.
 */
export function stay(window: Window) {
  const hold = (event: Event) => {
    const leads = (node: EventTarget) => node instanceof Element && node.matches('a, area, math[href], math [href]');
    if (event.composedPath().some(leads)) event.preventDefault();
  };
  window.addEventListener('click', hold, true);
  window.addEventListener('auxclick', hold, true);
}
