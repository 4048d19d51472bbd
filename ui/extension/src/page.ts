// What is read out of a page. Both functions run inside it, and travel there as their own source: they may
// name nothing that stands outside themselves.

/** A page as its reader sees it. */
export interface PageRead {
  html: string;
  url: string;
  title: string;
  selection: string;
  metadata: Record<string, string>;
  /** The document's media type, `text/html` for most. */
  type: string;
}

/** The little that the popup asks of a page: nothing of its text. */
export interface Glance {
  url: string;
  canonical_url?: string;
  title: string;
  selected: boolean;
}

export function glance(): Glance {
  const canonical = document.querySelector<HTMLLinkElement>('link[rel~="canonical" i]')?.href;
  return {
    url: location.href,
    ...(canonical?.startsWith('http') && { canonical_url: canonical }),
    title: document.title,
    selected: (getSelection()?.toString() ?? '').trim() !== '',
  };
}

/**
 * Copies the document into one that runs and loads nothing, and writes that down: the tree as it is rendered, with open
 * shadow roots in the place of their hosts' children and slots filled. Left out is what no reader reads: scripts
 * (metadata in JSON-LD stays), styles, frames; and what is the reader's own: what was typed into fields, and a
 * page's secrets against forged forms.
 */
export function readPage(): PageRead {
  const LEFT_OUT = new Set(['style', 'noscript', 'iframe', 'frame', 'object', 'embed', 'template', 'canvas']);
  const LINKS = new Set(['canonical', 'alternate', 'amphtml', 'author', 'license', 'publisher', 'shortlink']);
  const SECRET = /csrf|xsrf|(^|[-_:])(token|nonce)($|[-_:])/i;
  // As deep as a parser would nest elements; scripts can nest them deeper.
  const DEPTH = 512;
  // A picture in an address is worth less than the room it takes.
  const LONGEST = 2048;

  const unread = (element: Element): boolean => {
    const name = element.localName;
    if (LEFT_OUT.has(name)) return true;
    if (name === 'script') return !/^application\/ld\+json/i.test(element.getAttribute('type') ?? '');
    if (name === 'link') return !(element.getAttribute('rel') ?? '').toLowerCase().split(/\s+/).some((rel) => LINKS.has(rel));
    if (name === 'meta') return SECRET.test(`${element.getAttribute('name') ?? element.getAttribute('property') ?? ''}`);
    return element.getAttribute('role') === 'textbox' && element.hasAttribute('contenteditable');
  };

  const children = (node: Node): Iterable<Node> => {
    if (!(node instanceof Element)) return node.childNodes;
    if (node.localName === 'textarea') return [];
    if (node.shadowRoot) return node.shadowRoot.childNodes;
    return node.childNodes;
  };

  const inert = document.implementation.createHTMLDocument('');
  inert.documentElement.remove();

  const copy = (node: Node): Node => {
    const made = inert.importNode(node, false);
    if (!(made instanceof Element) || !(node instanceof Element)) return made;
    for (const { name, value } of Array.from(made.attributes)) {
      const typed = /^(value|checked)$/i.test(name) && /^(input|option)$/.test(node.localName);
      const code = /^(on|nonce$|srcdoc$|integrity$)/i.test(name);
      const inline = value.length > LONGEST && /^\s*data:/i.test(value);
      if (typed || code || inline) made.removeAttribute(name);
    }
    if (node instanceof HTMLImageElement && /^https?:/.test(node.currentSrc)) made.setAttribute('src', node.currentSrc);
    return made;
  };

  const work: [node: Node, parent: Node, depth: number][] = [[document.documentElement, inert, 0]];
  for (let next = work.pop(); next; next = work.pop()) {
    const [node, parent, depth] = next;
    const element = node instanceof Element;
    if (!element && node.nodeType !== Node.TEXT_NODE && node.nodeType !== Node.CDATA_SECTION_NODE) continue;
    if (element && unread(node)) continue;
    // A slot shows what its host's author put there, or what stands in it.
    const slot = element && node instanceof HTMLSlotElement && node.getRootNode() instanceof ShadowRoot;
    const assigned = slot ? node.assignedNodes() : [];
    const inside = assigned.length > 0 ? assigned : Array.from(children(node));
    const into = slot ? parent : parent.appendChild(copy(node));
    const place = depth < DEPTH ? into : parent;
    for (const child of inside.reverse()) work.push([child, place, Math.min(depth + 1, DEPTH)]);
  }

  const url = new URL(location.href);
  url.username = '';
  url.password = '';
  const canonical = document.querySelector<HTMLLinkElement>('link[rel~="canonical" i]')?.href;
  const said: Record<string, string> = {
    canonical_url: canonical ?? '',
    language: document.documentElement.lang,
    direction: document.documentElement.dir,
    content_type: document.contentType,
    last_modified: document.lastModified,
  };
  const short = Object.entries(said).filter(([, value]) => value !== '' && value.length <= 1024);
  return {
    html: `<!doctype html>\n${inert.documentElement?.outerHTML ?? ''}`.toWellFormed(),
    url: url.href,
    title: document.title.slice(0, 1000).toWellFormed(),
    selection: (getSelection()?.toString() ?? '').trim().toWellFormed(),
    metadata: Object.fromEntries(short),
    type: document.contentType,
  };
}
