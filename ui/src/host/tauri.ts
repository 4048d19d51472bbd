/** The host inside the desktop window. The only file that speaks to Tauri. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { getCurrentWindow } from '@tauri-apps/api/window';
import { Failure, type Command, type Host, type PickRequest, type Request, type Response } from './host';
import type { Clipped, Event as LibraryEvent } from './schema';

/** Whether the page runs inside the desktop window. */
export const inTauri = () => '__TAURI_INTERNALS__' in window;

/** Turns Tauri's promised `unlisten` into one that can be called at once. */
const until = (unlisten: Promise<() => void>) => () => void unlisten.then((stop) => stop());

export function tauriHost(): Host {
  const own = getCurrentWindow();
  const mac = navigator.userAgent.includes('Mac');
  return {
    async call<C extends Command>(name: C, request: Request<C>): Promise<Response<C>> {
      try {
        return await invoke<Response<C>>('rpc', { name, payload: request });
      } catch (thrown) {
        throw Failure.from(thrown);
      }
    },
    onEvent: (hear) => until(listen<LibraryEvent>('library', ({ payload }) => hear(payload))),
    onLink: (hear) => until(listen<string>('link', ({ payload }) => hear(payload))),
    onDrop: (hear) =>
      until(
        getCurrentWebview().onDragDropEvent(({ payload }) => {
          if (payload.type === 'enter') hear({ over: true, paths: [] });
          else if (payload.type === 'leave') hear({ over: false, paths: [] });
          else if (payload.type === 'drop') hear({ over: false, paths: payload.paths });
        }),
      ),
    pickFile: (ask: PickRequest) => invoke<string | null>('pick_file', { ask }),
    pickFiles: (ask: PickRequest) => invoke<string[]>('pick_files', { ask }),
    pickFolder: (ask: PickRequest) => invoke<string | null>('pick_folder', { ask }),
    pickSavePath: (ask: PickRequest) => invoke<string | null>('pick_save_path', { ask }),
    clipRendered: (page) =>
      invoke<Clipped>('clip_rendered', { page }).catch((thrown: unknown) => {
        throw Failure.from(thrown);
      }),
    openLink: (url) =>
      invoke<void>('open_link', { url }).catch((thrown: unknown) => {
        throw Failure.from(thrown);
      }),
    ready: async () => (await invoke<{ link: string | null }>('ready')).link,
    window: mac
      ? null
      : {
          minimise: () => void own.minimize(),
          toggleMaximise: () => void own.toggleMaximize(),
          close: () => void own.close(),
          startDragging: () => void own.startDragging(),
        },
  };
}
