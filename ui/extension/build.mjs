// Builds the extension into dist/chromium and dist/firefox: `npm run extension`.

import { build } from 'esbuild';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifest } from './manifest.mjs';

const here = import.meta.dirname;
const icons = join(here, '..', '..', 'assets', 'icons');
const { version } = JSON.parse(await readFile(join(here, '..', 'package.json'), 'utf8'));
const PAGES = ['popup', 'pair', 'trouble'];

for (const browser of ['chromium', 'firefox']) {
  const outdir = join(here, 'dist', browser);
  await rm(outdir, { recursive: true, force: true });
  await mkdir(join(outdir, 'icons'), { recursive: true });
  await build({
    entryPoints: ['background', ...PAGES].map((name) => join(here, 'src', `${name}.ts`)).concat(join(here, 'src', 'look.css')),
    outdir,
    bundle: true,
    format: 'esm',
    target: ['chrome120', 'firefox140'],
    // Reviewers of the stores read it, and page.ts travels as its own source.
    minify: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
  await Promise.all(PAGES.map((name) => cp(join(here, 'src', `${name}.html`), join(outdir, `${name}.html`))));
  const made = manifest(browser, version);
  await Promise.all(Object.keys(made.icons).map((size) => cp(join(icons, `${size}x${size}.png`), join(outdir, 'icons', `${size}.png`))));
  await writeFile(join(outdir, 'manifest.json'), `${JSON.stringify(made, null, 2)}\n`);
}
