/**
 * The exporter's own HTML as a sheet of paper.
 *
 * It stands in a shadow root: the page's styles do not reach it and its own do not leave it. They go in as a
 * constructed sheet, which the content security policy allows where it blocks a `<style>` element. Only what changed
 * is replaced, so that a keystroke neither flickers nor loses the place.
 */
const ACTIVE = 'script, iframe, object, embed, link, meta, base, form, input, button, textarea, select, style';
/** The desk and the sheet are ours: the page's own are for a window of its own. */
const STAND = 'html { display: block; background: none } body { display: block; max-width: none; min-height: 1123px; margin: 0 }';
const STYLE = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;

export class Paper {
  readonly #root: ShadowRoot;
  readonly #sheet = new CSSStyleSheet();
  readonly #stand = new CSSStyleSheet();
  readonly #page: HTMLElement;
  #css = '';

  constructor(host: HTMLElement) {
    this.#root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    this.#stand.replaceSync(STAND);
    this.#root.adoptedStyleSheets = [this.#sheet, this.#stand];
    // Real `html` and `body` elements, so that the exporter's selectors mean what they say.
    const html = document.createElement('html');
    this.#page = document.createElement('body');
    html.append(this.#page);
    this.#root.replaceChildren(html);
    this.#page.addEventListener('click', (event) => this.#click(event));
  }

  /** Shows the document. Answers how long the patching took, in milliseconds. */
  show(html: string): number {
    const start = performance.now();
    // Styles are taken out before the text is parsed: the policy also watches over documents that are only parsed.
    const styles: string[] = [];
    const words = html.replace(STYLE, (_, css: string) => {
      styles.push(css);
      return '';
    });
    const css = styles.join('\n');
    if (css !== this.#css) this.#style(css);
    const next = new DOMParser().parseFromString(words, 'text/html');
    for (const node of next.querySelectorAll(ACTIVE)) node.remove();
    const { lang, dir } = next.documentElement;
    Object.assign(this.#page.parentElement!, { lang, dir });
    patch(this.#page, next.body);
    return performance.now() - start;
  }

  /** The element that a line of the Markdown became, or the nearest one before it. */
  at(line: number): Element | null {
    let found: Element | null = null;
    let nearest = 0;
    for (const element of this.#page.querySelectorAll('[data-line]')) {
      const own = Number(element.getAttribute('data-line'));
      if (own <= line && own >= nearest) [found, nearest] = [element, own];
    }
    return found;
  }

  #style(css: string) {
    this.#css = css;
    this.#sheet.replaceSync(css.replaceAll(':root', 'html'));
    // Paper is paper: white in the dark too.
    for (let at = this.#sheet.cssRules.length - 1; at >= 0; at -= 1) {
      const rule = this.#sheet.cssRules[at];
      if (rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-color-scheme')) this.#sheet.deleteRule(at);
    }
  }

  /** Links inside the page lead to their place; nothing leads out of it. */
  #click(event: Event) {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link) return;
    event.preventDefault();
    const target = link.getAttribute('href');
    if (target?.startsWith('#')) this.#root.getElementById(decodeURIComponent(target.slice(1)))?.scrollIntoView({ block: 'center' });
  }
}

/** Makes `now` equal to `next`, touching only what differs. */
export function patch(now: Element, next: Element) {
  attributes(now, next);
  const old = [...now.childNodes];
  const fresh = [...next.childNodes];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start]!.isEqualNode(fresh[start]!)) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end)!.isEqualNode(fresh.at(-1 - end)!)) end += 1;
  const changed = old.slice(start, old.length - end);
  const wanted = fresh.slice(start, fresh.length - end);
  const behind = old[old.length - end] ?? null;
  wanted.forEach((node, at) => {
    const there = changed[at];
    if (there instanceof Element && node instanceof Element && there.nodeName === node.nodeName) patch(there, node);
    else if (there) there.replaceWith(node);
    else now.insertBefore(node, behind);
  });
  for (const left of changed.slice(wanted.length)) left.remove();
}

function attributes(now: Element, next: Element) {
  for (const { name } of [...now.attributes]) if (!next.hasAttribute(name)) now.removeAttribute(name);
  for (const { name, value } of next.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
}
