import { afterEach, expect, test } from 'vitest';
import { glance, readPage } from './page';

afterEach(() => {
  document.body.replaceChildren();
  document.head.querySelectorAll('[data-test]').forEach((element) => element.remove());
});

/** What stands in the body as it is read. */
function read(html: string): string {
  document.body.innerHTML = html;
  return /<body[^>]*>(.*)<\/body>/s.exec(readPage().html)?.[1] ?? '';
}

function host(inside: string, shadow: string, mode: ShadowRootMode = 'open'): HTMLElement {
  const host = document.createElement('x-part');
  host.innerHTML = inside;
  host.attachShadow({ mode }).innerHTML = shadow;
  document.body.append(host);
  return host;
}

const body = () => /<body[^>]*>(.*)<\/body>/s.exec(readPage().html)?.[1]?.trim();

test('open shadow roots are read in place of their hosts’ children, with their slots filled', () => {
  host('<b slot="who">the minister</b><i>unseen</i>', '<p>So said <slot name="who">nobody</slot>.</p>');
  expect(body()).toBe('<x-part><p>So said <b slot="who">the minister</b>.</p></x-part>');
});

test('an empty slot shows what stands in it', () => {
  host('', '<p>So said <slot name="who">a spokesman</slot>.</p>');
  expect(body()).toBe('<x-part><p>So said a spokesman.</p></x-part>');
});

test('shadow roots may stand in shadow roots', () => {
  const outer = host('', '<section></section>');
  const inner = document.createElement('x-inner');
  inner.attachShadow({ mode: 'open' }).innerHTML = '<p>Within</p>';
  outer.shadowRoot?.querySelector('section')?.append(inner);
  expect(body()).toBe('<x-part><section><x-inner><p>Within</p></x-inner></section></x-part>');
});

test('closed shadow roots stay closed', () => {
  host('<p>light</p>', '<p>dark</p>', 'closed');
  expect(body()).toBe('<x-part><p>light</p></x-part>');
});

test('a slot outside of any shadow root is an element like others', () => {
  expect(read('<slot><p>Words</p></slot>')).toBe('<slot><p>Words</p></slot>');
});

test('what runs, loads and frames is left out; metadata for machines stays', () => {
  expect(read('<p>a</p><style>p{}</style><noscript>b</noscript><iframe srcdoc="c"></iframe><template>d</template><object>e</object><!-- f -->')).toBe('<p>a</p>');
  expect(read('<script type="text/plain">no</script><script type="application/ld+json">{"a":1}</script>')).toBe('<script type="application/ld+json">{"a":1}</script>');
  expect(read('<p onclick="x()" nonce="y">a</p>')).toBe('<p>a</p>');
});

test('what a person typed is theirs', () => {
  document.body.innerHTML = '<form><input name="q" value="preset"><input type="checkbox" checked><textarea>draft</textarea><div role="textbox" contenteditable>letter</div></form>';
  document.querySelector('input')!.value = 'typed';
  expect(body()).toBe('<form><input name="q"><input type="checkbox"><textarea></textarea></form>');
});

test('a page’s secrets stay in the page', () => {
  const meta = (name: string, content: string) => {
    const element = document.createElement('meta');
    Object.assign(element, { name, content });
    element.dataset.test = '';
    document.head.append(element);
  };
  meta('csrf-token', 'secret');
  meta('author', 'Saule Orazova');
  const { html } = readPage();
  expect(html).not.toContain('secret');
  expect(html).toContain('Saule Orazova');
});

test('pictures in addresses are left out, and the shown source of a picture is named', async () => {
  const inline = `data:image/png;base64,${'A'.repeat(5000)}`;
  expect(read(`<img alt="chart" src="${inline}">`)).toBe('<img alt="chart">');
});

test('elements nested without end are read as flat as a parser would', () => {
  // Not shown: Chromium itself does not survive laying out what is nested much deeper.
  let deepest: Element = document.body.appendChild(document.createElement('div'));
  deepest.setAttribute('style', 'display: none');
  for (let n = 0; n < 2000; n++) deepest = deepest.appendChild(document.createElement('div'));
  deepest.append('the bottom');
  const { html } = readPage();
  expect(html).toContain('the bottom');
  expect(html).toMatch(/(<\/div>){400}/);
  expect(html).not.toMatch(/(<\/div>){600}/);
});

test('text that is not well-formed is made so', () => {
  document.body.textContent = 'half \ud83d of a pair';
  expect(readPage().html).toContain('half \ufffd of a pair');
});

test('the order of a page is kept', () => {
  const many = Array.from({ length: 50 }, (_, n) => `<p>${n}</p>`).join('');
  expect(read(`<main>${many}</main>`)).toBe(`<main>${many}</main>`);
});

test('the selection and the canonical address are told', () => {
  document.body.innerHTML = '<p class="read">She chose these words.</p>';
  const link = document.createElement('link');
  link.rel = 'canonical';
  link.href = 'https://courier.example/pact';
  link.dataset.test = '';
  document.head.append(link);
  const text = document.querySelector('p')!.firstChild!;
  getSelection()?.setBaseAndExtent(text, 10, text, 21);
  expect(readPage().selection).toBe('these words');
  expect(readPage().metadata.canonical_url).toBe('https://courier.example/pact');
  expect(glance()).toMatchObject({ canonical_url: 'https://courier.example/pact', selected: true });
  getSelection()?.removeAllRanges();
  expect(glance().selected).toBe(false);
});

test('both functions name nothing that stands outside themselves', () => {
  for (const func of [readPage, glance]) {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const elsewhere = (frame.contentWindow as unknown as { eval: (code: string) => () => unknown }).eval(`(${func.toString()})`);
    expect(() => elsewhere()).not.toThrow(/is not defined/);
  }
});
