/** Where one stopped reading each article, kept on this device for the articles read last. */
import type { ArticleId } from '../host/schema';

const KEPT = 'bilat.positions';
const MOST = 500;

/** The snapshot's block at the top of the window, and how far it was scrolled out of it, in px. */
export interface Stopped {
  block: number;
  over: number;
}

function all(): [ArticleId, Stopped][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? (kept as [ArticleId, Stopped][]).filter((entry) => Array.isArray(entry) && typeof entry[1]?.block === 'number') : [];
  } catch {
    return [];
  }
}

export function stoppedAt(article: ArticleId): Stopped | null {
  return all().find(([id]) => id === article)?.[1] ?? null;
}

/** An article that is at its top again is forgotten. */
export function stop(article: ArticleId, at: Stopped | null) {
  const others = all().filter(([id]) => id !== article);
  localStorage.setItem(KEPT, JSON.stringify([...(at ? [[article, at]] : []), ...others].slice(0, MOST)));
}
