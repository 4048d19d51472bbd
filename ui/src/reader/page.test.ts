import { expect, test } from 'vitest';
import { FixtureLibrary } from '../../test/fixture';
import type { Article } from '../host/schema';
import { pageOf } from './page';

/** An article whose stored reading copy is this, with the very words of its text. */
function stored(html: string): Article {
  const [article] = new FixtureLibrary().articles;
  const template = document.createElement('template');
  template.innerHTML = html;
  let text = '';
  const blocks = [...template.content.children].map((element) => {
    if (text) text += '\n\n';
    const start = [...text].length;
    text += element.textContent;
    return { kind: 'paragraph' as const, start, end: [...text].length };
  });
  return { ...article!, standfirst: null, dateline: null, snapshot: { ...article!.snapshot, html, text, blocks } };
}
const shown = (html: string) => pageOf(stored(html)).body.map((element) => element.innerHTML);

test('a reading copy is shown as it was stored', () => {
  const kept = ['The <em>harbour</em> <a href="https://harbour.example/">office</a> waits.', 'Write to <a href="mailto:desk@harbour.example">the desk</a>.'];
  expect(shown(`<p>${kept[0]}</p><p data-kind="item">${kept[1]}</p>`)).toEqual(kept);
});

test('of stored HTML that holds more than a reading copy may, the words are shown', () => {
  for (const more of [
    '<img src="x">',
    '<a href="javascript:x">so</a>',
    '<a href="/relative">so</a>',
    '<b onclick="x">so</b>',
    '<em style="color: red">so</em>',
    '<em id="app">so</em>',
    '<link rel="preconnect" href="https://harbour.example/">',
    '<svg><a href="https://harbour.example/">so</a></svg>',
    '<form action="https://harbour.example/"><button>so</button></form>',
    '<style>p { color: red }</style>',
    '<a href="https://harbour.example/" ping="https://harbour.example/">so</a>',
  ]) {
    const { body } = pageOf(stored(`<p>The office ${more}</p><p>waits</p>`));
    expect(body.every((element) => element.childElementCount === 0), more).toBe(true);
    expect(body.at(-1)!.textContent).toBe('waits');
  }
});
