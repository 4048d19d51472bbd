/** Key chords: written once as `Ctrl Shift K`, matched against events, shown as the platform writes them. */

const isMac = navigator.userAgent.includes('Mac');

const MAC: Record<string, string> = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵' };

/** The chord as people of this platform read it. */
export function spoken(keys: string): string {
  if (!isMac) return keys.replace('Enter', '↵');
  return keys
    .split(' ')
    .map((key) => MAC[key] ?? key)
    .join('');
}

/** Whether the event is this chord. `Ctrl` stands for ⌘ on macOS. */
export function matches(event: KeyboardEvent, keys: string): boolean {
  const wanted = new Set(keys.split(' '));
  const key = keys.split(' ').at(-1) ?? '';
  const command = isMac ? event.metaKey : event.ctrlKey;
  // A sign such as ? or ] needs Shift on some keyboards: there the key itself decides.
  const sign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && !/\d/.test(key);
  return (
    command === wanted.has('Ctrl') &&
    event.altKey === wanted.has('Alt') &&
    (sign || event.shiftKey === wanted.has('Shift')) &&
    (event.key.toLowerCase() === key.toLowerCase() || (/^\d$/.test(key) && event.code === `Digit${key}`))
  );
}

/** Whether the event goes to a field that takes letters, so that single keys must not act. */
export function typing(event: KeyboardEvent): boolean {
  const at = event.target;
  return at instanceof HTMLElement && (at.isContentEditable || at.matches('input, textarea, select') || at.closest('dialog[open], [role=menu]') !== null);
}
