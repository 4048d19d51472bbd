// What a person does in the window, in a person's words; the journey and the pictures are told with it.

import { readFile, stat } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';

import { Key, until } from './driver.mjs';

/** Asks the library the way the page does; what is refused comes back as `{refused}`. */
export const rpc = (window, name, payload = {}) =>
  window.run(
    `return window.__TAURI_INTERNALS__.invoke('rpc', { name: arguments[0], payload: arguments[1] })
       .then((answer) => ({ answer }), (refused) => ({ refused }))`,
    name,
    payload,
  );

/** Asks the library; it must answer. */
export async function ask(window, name, payload) {
  const { answer, refused } = await rpc(window, name, payload);
  if (refused) throw new Error(`${name}: ${refused.message}`);
  return answer;
}

/** Clicks the button that is named so. */
export const click = async (window, name, selector = 'button') => (await window.named(selector, name)).click();

/** Types words wherever the focus is, letter by letter. */
export const type = (window, words) => window.press(...words);

/** Waits until what has the focus is named so: by its label, its text or its placeholder. */
export const focusOn = (window, name) =>
  until(
    () =>
      window.run(
        `const at = document.activeElement;
         const label = at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText;
         return label.includes(arguments[0])`,
        name,
      ),
    `the focus is on “${name}”`,
  );

/** Puts words on the clipboard by keyboard: typed into a field of the page, and cut out of it. */
export async function cut(window, field, words) {
  // A line feed is no key.
  await field.type(words.replaceAll('\n', Key.enter));
  await window.press(['control', 'a'], ['control', 'x']);
  await until(() => window.run('return arguments[0].value === ""', field), 'the words are cut');
}

/** Where words that are in sight begin and end on the screen, within what a selector finds. */
export function placeOf(window, words, within) {
  const script = `const [words, within] = arguments;
    for (const place of document.querySelectorAll(within)) {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      const nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      const at = nodes.map((node) => node.data).join('').indexOf(words);
      if (at < 0) continue;
      const point = (offset) => {
        for (const node of nodes) {
          if (offset <= node.length) return [node, offset];
          offset -= node.length;
        }
      };
      const range = document.createRange();
      range.setStart(...point(at));
      range.setEnd(...point(at + words.length));
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
      const [first, last] = [boxes[0], boxes.at(-1)];
      const middle = [(first.left + first.right) / 2, first.top + first.height / 2];
      if (!place.contains(document.elementFromPoint(...middle))) continue;
      return { from: [first.left + 1, first.top + first.height / 2], to: [last.right - 1, last.top + last.height / 2], middle };
    }
    return null;`;
  return until(() => window.run(script, words, within), `“${words}” is in sight in “${within}”`);
}

/** Selects words of the article with the mouse. */
export async function select(window, words) {
  // The page may move under the mouse while it is laid out: a person would try again, too.
  await until(async () => {
    // What is offered for words that were selected by mistake would stand in the way.
    await window.run('getSelection().removeAllRanges()');
    await window.gone('.offer');
    const { from, to } = await placeOf(window, words, 'article .body');
    await window.drag(from, to);
    return window.run('return getSelection().toString().includes(arguments[0])', words);
  }, `“${words}” is selected`);
}

/** The words that are painted with a highlight, range by range. */
export const highlighted = (window, name) => window.run("return [...(CSS.highlights.get('bilat-' + arguments[0]) ?? [])].map(String)", name);

/** How many colours the middle row and column of a picture hold: a view that is blank holds one or two. */
export async function colours(file) {
  const bytes = await readFile(file);
  if (bytes.readUInt32BE(12) !== 0x49484452) throw new Error(`${file} is no PNG`);
  const [width, height, depth, kind] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[24], bytes[25]];
  const channels = { 2: 3, 6: 4 }[kind];
  if (depth !== 8 || !channels) throw new Error(`${file}: colour type ${kind} at ${depth} bits`);
  const packed = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(packed));
  const stride = width * channels;
  const seen = new Set();
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)];
    const row = rows.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    for (let x = 0; x < stride; x++) {
      const [left, up, corner] = [x < channels ? 0 : row[x - channels], above[x], x < channels ? 0 : above[x - channels]];
      const guess = left + up - corner;
      const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value));
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      row[x] += [0, left, up, (left + up) >> 1, paeth][filter];
    }
    if (y % 8 === 0) for (let x = 0; x < width; x += 8) seen.add(row.readUIntBE(x * channels, 3));
    above = row;
  }
  return seen.size;
}

export const exists = (path) => stat(path).then(() => true, () => false);
