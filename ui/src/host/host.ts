/**
 * What the page may ask of the program around it, named method by method.
 *
 * Everything about the library goes through `call`, whose names and types are generated from the Rust
 * command list; the rest is what only a window can do. Nothing else in the page knows whether it runs in
 * the desktop window or against the development server.
 */
import { createContext } from 'svelte';
import type { Check, Clipped, Commands, Event as LibraryEvent } from './schema';

export type { LibraryEvent };

export type Command = keyof Commands;
export type Request<C extends Command> = Commands[C]['request'];
export type Response<C extends Command> = Commands[C]['response'];

/** A group of file types in a picker. */
export interface FileFilter {
  name: string;
  extensions: string[];
}

export interface PickRequest {
  title: string;
  file_name?: string;
  filters?: FileFilter[];
}

/** A page whose scripts a person agreed to run. `allow_host`: although its host is in a private network. */
export interface PageToRender {
  url: string;
  allow_host: boolean;
  published: string | null;
  outlet: string | null;
}

export interface Host {
  /** Calls a command of the library; rejects with a {@link Failure}. */
  call<C extends Command>(name: C, request: Request<C>): Promise<Response<C>>;
  /** Hands over every event of the library until the answer is called. */
  onEvent(listen: (event: LibraryEvent) => void): () => void;
  /** Hands over `bilat:` links that another start of the program brought. */
  onLink(listen: (link: string) => void): () => void;
  /** The path of files dropped on the window; `over` tells whether some hang over it. */
  onDrop(listen: (drop: { over: boolean; paths: string[] }) => void): () => void;
  /** Asks for a file; nothing when the person cancels. */
  pickFile(ask: PickRequest): Promise<string | null>;
  /** Asks for files; none when the person cancels. */
  pickFiles(ask: PickRequest): Promise<string[]>;
  /** Asks for a folder; nothing when the person cancels. */
  pickFolder(ask: PickRequest): Promise<string | null>;
  /** Asks where to save; nothing when the person cancels. */
  pickSavePath(ask: PickRequest): Promise<string | null>;
  /**
   * Runs a page's scripts in a hidden web view that shares nothing with this one, and clips what came of it; null
   * where there is none. Rejects with a {@link Failure}.
   */
  readonly clipRendered: ((page: PageToRender) => Promise<Clipped>) | null;
  /** Opens a web address in the person's own browser: the only way out of the window. Rejects with a {@link Failure}. */
  openLink(url: string): Promise<void>;
  /** Says that the first paint is done; answers with the link the program was started with. */
  ready(): Promise<string | null>;
  /** The window's own buttons, or nothing where the system draws them. */
  readonly window: WindowControls | null;
}

export interface WindowControls {
  minimise(): void;
  toggleMaximise(): void;
  close(): void;
  startDragging(): void;
}

/** Why a command was refused. `code` is for the program, `message` for the person. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** The quotations that stop an export, when `code` is `quote_lock`. */
    readonly check: Check | null = null,
    /** Where the library stands, when `code` is `library_unusable`. */
    readonly path: string | null = null,
  ) {
    super(message);
    this.name = 'Failure';
  }

  /** Whatever was thrown, as a failure with one readable line. */
  static from(thrown: unknown): Failure {
    if (thrown instanceof Failure) return thrown;
    if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
      const { code, message, check, path } = thrown as { code?: unknown; message: unknown; check?: Check; path?: string };
      return new Failure(typeof code === 'string' ? code : 'unexpected', String(message), check ?? null, path ?? null);
    }
    return new Failure('unexpected', String(thrown));
  }
}

export const [getHost, setHost] = createContext<Host>();
