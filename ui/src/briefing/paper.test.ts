import { expect, test } from 'vitest';
import { Paper, patch } from './paper';

const page = (body: string, css = 'p { color: rgb(1, 2, 3) }') => `<!doctype html><html lang="en"><head><style>${css}</style></head><body>${body}</body></html>`;

function paper() {
  const host = document.body.appendChild(document.createElement('div'));
  return { host, paper: new Paper(host), body: () => host.shadowRoot!.querySelector('body')! };
}

test('the page stands in its own styles, and a keystroke touches only the paragraph it changed', () => {
  const { paper: sheet, body } = paper();
  sheet.show(page('<p data-line="1">One</p><p data-line="3">Two</p><p data-line="5">Three</p>'));
  expect(getComputedStyle(body().querySelector('p')!).color).toBe('rgb(1, 2, 3)');
  const [one, , three] = body().children;
  sheet.show(page('<p data-line="1">One</p><p data-line="3">Two, longer</p><p data-line="5">Three</p>'));
  expect(body().children[0]).toBe(one);
  expect(body().children[2]).toBe(three);
  expect(body().textContent).toBe('OneTwo, longerThree');
});

test('nothing that acts comes through, and paper stays white in the dark', () => {
  const { paper: sheet, body, host } = paper();
  sheet.show(page('<p>Words</p><script>document.title = "taken"</script><iframe src="about:blank"></iframe><form><input></form>', '@media (prefers-color-scheme: dark) { p { color: red } } p { margin: 0 }'));
  expect(body().innerHTML).toBe('<p>Words</p>');
  expect([...host.shadowRoot!.adoptedStyleSheets[0]!.cssRules].map(({ cssText }) => cssText)).toEqual(['p { margin: 0px; }']);
});

test('the paragraph of a line is found, or the nearest before it', () => {
  const { paper: sheet } = paper();
  sheet.show(page('<p data-line="3">A</p><p data-line="7">B</p>'));
  expect([1, 3, 6, 7, 90].map((line) => sheet.at(line)?.textContent ?? null)).toEqual([null, 'A', 'A', 'B', 'B']);
});

test('patching makes any list of paragraphs equal to any other', () => {
  const TEXTS = ['', '<p>a</p>', '<p>a</p><p>b</p>', '<p>b</p>x<ul><li>c</li></ul>', '<ul><li>d</li><li>c</li></ul><p class="k">a</p>'];
  for (const from of TEXTS) {
    for (const to of TEXTS) {
      const [now, next] = [document.createElement('div'), document.createElement('div')];
      now.innerHTML = from;
      next.innerHTML = to;
      patch(now, next);
      expect(now.innerHTML).toBe(to);
    }
  }
});

test('a keystroke in a two-page briefing is patched in less than 8 ms', () => {
  const { paper: sheet } = paper();
  const body = (word: string) => Array.from({ length: 120 }, (_, at) => `<p data-line="${at * 2 + 1}">Paragraph ${at} ${at === 60 ? word : ''} ${'some words '.repeat(12)}</p>`).join('');
  sheet.show(page(body('')));
  const took = Array.from({ length: 15 }, (_, at) => sheet.show(page(body(`w${at}`)))).sort((one, other) => one - other);
  expect(took[7]).toBeLessThan(8);
});
