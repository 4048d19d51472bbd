/** Shows a figure that the program drew: parsed as XML, never as HTML, so that no word in it can become anything else. */
import type { Attachment } from 'svelte/attachments';

export function shows(svg: string): Attachment<HTMLElement> {
  return (node) => {
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    if (parsed.localName === 'svg') node.replaceChildren(document.importNode(parsed, true));
  };
}
