/**
 * The article's page: the stored, sanitised HTML parsed once, each block's element set beside its block.
 *
 * A library may come from elsewhere, or be older than what is known today of hostile pages. So what the stored HTML
 * holds is looked at once more, and HTML that holds more than a reading copy may is not shown: its words are.
 *
 * Headline and standfirst go to the header when they are still the record's; the dateline gets its small capitals
 * and paragraphs that open with a quotation mark hang it. None of this changes a letter of the text.
 */
import type { Article, Block } from '../host/schema';
import { slice } from './positions';

export interface Page {
  /** One element a block, in order. */
  elements: HTMLElement[];
  title: HTMLElement | null;
  standfirst: HTMLElement | null;
  /** What goes below the header. */
  body: HTMLElement[];
}

const TAGS: Record<Block['kind'], string> = {
  title: 'h2', standfirst: 'p', paragraph: 'p', heading: 'h2', quote: 'blockquote', item: 'p', caption: 'p', row: 'p', code: 'pre',
};

/** What a reading copy is made of; the list stands in the clipper's `sanitise.rs`. */
const PLAIN = 'h1, h2, h3, h4, p, blockquote, pre, a, em, strong, sup, sub, code';

/** Whether an element, or one in it, is none of a reading copy, or bears more than a link's address and a kind. */
function holdsMore(element: Element): boolean {
  return [element, ...element.querySelectorAll('*')].some(
    (one) =>
      !one.matches(PLAIN) ||
      [...one.attributes].some(({ name, value }) => name !== 'data-kind' && !(name === 'href' && /^(https?:\/\/|mailto:)/.test(value))),
  );
}

export function pageOf({ snapshot, title, standfirst, dateline }: Article): Page {
  const { text, blocks, html } = snapshot;
  const template = document.createElement('template');
  template.innerHTML = html;
  let elements = [...template.content.children] as HTMLElement[];
  const words = (block: Block) => slice(text, block);
  if (elements.length !== blocks.length || elements.some((element, at) => element.textContent !== words(blocks[at]!) || holdsMore(element))) {
    // The words are what counts: a page that does not match its text, or holds more than it, is set from the text.
    elements = blocks.map((block) => {
      const element = document.createElement(TAGS[block.kind]);
      element.textContent = words(block);
      return element;
    });
  }
  const page: Page = { elements, title: null, standfirst: null, body: [] };
  blocks.forEach((block, at) => {
    let element = elements[at]!;
    if (block.kind === 'title' && !page.title && words(block) === title) element = page.title = renamed(element, 'h1');
    else if (block.kind === 'standfirst' && !page.standfirst && words(block) === standfirst) element = page.standfirst = renamed(element, 'p');
    else {
      // One h1 a view: what the page calls so is a subhead here.
      if (element.matches('h1')) element = renamed(element, 'h2');
      page.body.push(element);
    }
    elements[at] = element;
    element.dataset.kind = block.kind;
  });
  // A byline may stand before the paragraph that opens with the place.
  if (dateline) page.body.filter((element) => element.dataset.kind === 'paragraph').slice(0, 3).some((element) => setSmall(element, dateline));
  for (const element of page.body) {
    if (/^[“„«"]/.test(element.textContent ?? '')) element.classList.add('hang');
  }
  return page;
}

/** The same words and markup in an element of another name. */
function renamed(element: HTMLElement, tag: string): HTMLElement {
  const other = document.createElement(tag);
  if (element.lang) other.lang = element.lang;
  other.append(...element.childNodes);
  return other;
}

/** Sets the place that opens `paragraph` in small capitals; answers whether it opens with it. */
function setSmall(paragraph: HTMLElement, dateline: string): boolean {
  const node = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode() as Text | null;
  if (!node || !node.data.toLowerCase().startsWith(dateline.toLowerCase())) return false;
  const rest = node.splitText(dateline.length);
  const place = document.createElement('span');
  place.className = 'place';
  place.append(node);
  rest.before(place);
  return true;
}
