/** The host over loopback HTTP: development in a browser, and the journeys that a browser walks. */
import { Failure, type Command, type Host, type Request, type Response } from './host';
import type { Event as LibraryEvent } from './schema';

/** @param door Address of the development server, such as `http://127.0.0.1:8733`. */
export function httpHost(door: string): Host {
  const noStop = () => () => {};
  return {
    async call<C extends Command>(name: C, request: Request<C>): Promise<Response<C>> {
      const answer = await fetch(`${door}/rpc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      }).catch(() => {
        throw new Failure('unreachable', `No library answers at ${door}. Start the development server.`);
      });
      const body: unknown = await answer.json().catch(() => null);
      if (!answer.ok) throw Failure.from(body ?? { message: `${name}: the server answered ${answer.status}` });
      return body as Response<C>;
    },
    onEvent(listen) {
      const source = new EventSource(`${door}/events`);
      source.addEventListener('message', ({ data }) => listen(JSON.parse(String(data)) as LibraryEvent));
      return () => source.close();
    },
    onLink: noStop,
    onDrop: noStop,
    pickFile: ({ title }) => Promise.resolve(window.prompt(title)),
    pickFiles: ({ title }) => Promise.resolve([window.prompt(title)].filter((path) => path !== null)),
    pickFolder: ({ title }) => Promise.resolve(window.prompt(title)),
    pickSavePath: ({ title, file_name }) => Promise.resolve(window.prompt(title, file_name)),
    // A browser gives no page to another.
    clipRendered: null,
    openLink(url) {
      if (!/^https?:/i.test(url)) return Promise.reject(new Failure('bad_input', 'Only web addresses are opened.'));
      window.open(url, '_blank', 'noopener,noreferrer');
      return Promise.resolve();
    },
    ready: () => Promise.resolve(null),
    // The browser has a frame of its own.
    window: null,
  };
}
