/** Who else prints the text of an article. */
import type { Article } from './schema';

/** How many outlets print it, its own included; who only quotes the same words is none of them. */
export function outlets({ outlet, same_origin }: Pick<Article, 'outlet' | 'same_origin'>): number {
  const own = [outlet, ...same_origin.filter(({ relation }) => relation !== 'quoting').map(({ row }) => row.outlet)];
  return new Set(own.map((name) => name ?? '')).size;
}
