// Hostile pages for the real window: the cases of tests/fixtures/hostile, a place on loopback that counts who comes,
// and a watch over the names that the window's processes look up and the addresses that they connect to.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';

import { parse } from 'parse5';

const FOLDER = join(import.meta.dirname, '..', '..', 'tests', 'fixtures', 'hostile');
/** Of these the articles around the cases are made: each says something else, so that none is another's copy. */
const VOCABULARY =
  'anchor april autumn bell boat brass bridge buoy cable captain cargo chart clerk coast compass crane crate crew deck dock envoy evening ferry fisher flag fog freight gale gate glass gull harbour hull ice island jetty kettle keeper ladder lamp lantern ledger letter lighthouse lock mast mate midnight monday morning net north oar office pier pilot port pump quay rain rope rudder sail salt sand shed ship shore signal snow spring steam stern storm summer tide timber tower trawler village watch weather west wharf wheel whistle wind window winter'.split(' ');
/** All cases are on hosts below this one. */
export const DOMAIN = 'hostile.test';

/** Every case: its name, where it stands in its page, its number, and its markup for a listener on `port`. */
export function readCases(port) {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.cases')).sort();
  const parts = files.flatMap((file) => {
    const [, ...parts] = readFileSync(join(FOLDER, file), 'utf8').split('\n## ');
    return parts.map((part) => [file.replace('.cases', ''), part]);
  });
  return parts.map(([kind, part], number) => {
    const [, name, place = 'block', markup] = /^(\S+)(?: \[(\w+)\])?\n([^]*?)\n*$/.exec(part);
    const whole = `${kind}-${name}`;
    return { name: whole, place, number, bytes: writtenOut(markup, whole, number, port) };
  });
}

/** The shorthand of a case written out, in bytes; README.md beside the cases explains it. */
function writtenOut(markup, name, number, port) {
  const host = `${name}.${DOMAIN}:${port}`;
  const text = markup
    .replaceAll('{words}', article(number))
    .replaceAll('{there}', `http://${host}/a`)
    .replaceAll('{host}', host)
    .replaceAll('{run}', `top.ran[${number}]=1`);
  // One character a byte, so that bytes which are no UTF-8 can stand in it.
  const bytes = Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/\{x:([0-9a-f]+)\}/g, (_, hex) => Buffer.from(hex, 'hex').toString('latin1'))
    .replace(/\{(\d+)\*([^}]*)\}/g, (_, times, what) => what.repeat(Number(times)));
  return Buffer.from(bytes, 'latin1');
}

/** Two paragraphs that no other number gives. */
function article(number) {
  let state = number * 2_654_435_761 + 1;
  const word = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return VOCABULARY[Math.floor((state / 2 ** 32) * VOCABULARY.length)];
  };
  const sentence = () => `The ${word()} of the ${word()} ${word()} met the ${word()} beside a ${word()} and a ${word()} ${word()}, said the ${word()} ${word()}, before the ${word()} left for the ${word()}.`;
  return `<p>${sentence()} ${sentence()}</p><p>${sentence()} ${sentence()}</p>`;
}

/** A case as it stands in its place; a case in the head, or one that is a page, is nothing here. */
function inPlace({ place, bytes }) {
  if (place === 'inline') return Buffer.concat([Buffer.from('<p>The office said '), bytes, Buffer.from(' on Monday.</p>')]);
  return place === 'block' ? bytes : Buffer.alloc(0);
}

/** Cases as one page with an article around them; a case that stands in the head, or is a page, has one of its own. */
export function pageOf(...cases) {
  const [{ name, place, bytes, number }] = cases;
  if (place === 'page') return bytes;
  // Each has a headline of its own: it is an article, and not another's copy.
  const title = `The ferry and ${name.replaceAll('-', ' ')}`;
  return Buffer.concat([
    Buffer.from(`<!doctype html><html lang=en><head><title>${title}</title>`),
    ...(place === 'head' ? [bytes] : []),
    Buffer.from(`</head><body><main><article><h1>${title}</h1><div class=article-body>${article(number)}`),
    ...cases.map((one) => Buffer.concat([Buffer.from('<div>'), inPlace(one), Buffer.from('</div>')])),
    Buffer.from(`${article(number + 0.5)}</div></article></main></body></html>`),
  ]);
}

/** The kinds whose cases are about the page as a whole. */
const ALONE = ['encoding', 'metadata'];

/** The cases in groups of `size` that can share a page: none that swallows or moves what comes after it. */
export function grouped(cases, size) {
  const groups = [];
  let kind;
  for (const one of cases) {
    const own = one.name.split('-')[0];
    const alone = ALONE.includes(own) || !['block', 'inline'].includes(one.place) || swallows(one);
    if (alone) groups.unshift([one]);
    else if (kind === own && groups.at(-1).length < size) groups.at(-1).push(one);
    else groups.push([one]);
    if (!alone) kind = own;
  }
  return groups;
}

/** Whether what stands behind the case ends up anywhere else than behind it. */
function swallows(one) {
  const page = parse(`<!doctype html><body><main><div>${inPlace(one).toString('latin1')}</div><hr></main>`);
  const child = (node, name) => node?.childNodes?.find(({ nodeName }) => nodeName === name);
  const main = child(child(child(page, 'html'), 'body'), 'main');
  return main?.childNodes.map(({ nodeName }) => nodeName).join() !== 'div,hr';
}

/** Listens on loopback; remembers every connection and every request, and answers what `pages` holds. */
export async function openSink(pages = new Map()) {
  const seen = { connections: 0, requests: [] };
  const server = createServer((request, response) => {
    const page = pages.get(request.url);
    if (page) return void response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    seen.requests.push(`${request.headers.host} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/plain' }).end('words');
  });
  server.on('connection', () => (seen.connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => new Promise((done) => server.close(done) && server.closeAllConnections());
  return { port: server.address().port, seen, close };
}

/** Compiles the watch into `folder`; null where there is no C compiler. */
export function compileWatch(folder) {
  const library = join(folder, 'watch.so');
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, join(import.meta.dirname, 'watch.c'), '-ldl'], { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
  const log = join(folder, 'watch.log');
  writeFileSync(log, '');
  return {
    env: { LD_PRELOAD: library, BILAT_WATCH: log },
    /** What the processes of the web view and the program did; the driver's own are left out. */
    async lines() {
      const lines = (await readFile(log, 'utf8')).split('\n').filter(Boolean);
      return lines.filter((line) => !line.startsWith('WebKitWebDriver ')).map((line) => {
        const [process, deed, whom, port] = line.split(' ');
        return { process, deed, whom, port: Number(port) };
      });
    },
  };
}
