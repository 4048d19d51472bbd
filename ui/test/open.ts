/** The window on a library of the fixture, as component tests open it, and what axe finds wrong with it. */
import axe from 'axe-core';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import App from '../src/App.svelte';
import { FixtureLibrary } from './fixture';

export async function openApp(library = new FixtureLibrary()): Promise<FixtureLibrary> {
  await page.viewport(1440, 900);
  document.documentElement.style.height = '100%';
  const target = document.body.appendChild(document.createElement('div'));
  target.style.height = '900px';
  render(App, { target, props: { host: library } });
  return library;
}

/** What WCAG 2.2 AA has against what is shown, in a line each. */
export async function faults(context: Element | Document = document) {
  const { violations } = await axe.run(context, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Both themes, one after the other. */
export async function faultsInBothThemes(): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset.theme = theme;
    await new Promise((done) => setTimeout(done, 300));
    found.push(...(await faults()).map((fault) => `${theme}: ${fault}`));
  }
  document.documentElement.dataset.theme = 'light';
  return found;
}
