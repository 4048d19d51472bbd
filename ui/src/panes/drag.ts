/** Empty bar space moves the window, and a double click on it maximises, as on any title bar. */
import type { WindowControls } from '../host/host';

const BUSY = 'button, input, textarea, select, a, label, [role=tab], [role=radio], .read';

export function dragsWindow(window: WindowControls | null) {
  return (element: HTMLElement) => {
    if (!window) return;
    function press(event: MouseEvent) {
      const at = event.target as Element;
      if (event.button !== 0 || !at.closest('.bar') || at.closest(BUSY)) return;
      event.preventDefault();
      if (event.detail === 2) window!.toggleMaximise();
      else if (event.detail === 1) window!.startDragging();
    }
    element.addEventListener('mousedown', press);
    return () => element.removeEventListener('mousedown', press);
  };
}
