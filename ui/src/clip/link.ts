/** What a `bilat:` link asks for. Such a link may come from any page on the web: nothing happens before a person says so. */
import { t } from '../texts';
import { judge } from './address';

export type Asked = { what: 'article'; id: number } | { what: 'clip'; url: URL } | { what: 'refused'; link: string; why: string } | null;

/** Longer addresses are no article's. */
const LONGEST = 4096;

/** Reads a link: `bilat:article/12`, `bilat://clip?url=…`; null when it asks for nothing that is known. */
export function read(link: string): Asked {
  const id = /^bilat:(?:\/\/)?article\/(\d{1,15})\/?$/.exec(link)?.[1];
  if (id) return { what: 'article', id: Number(id) };
  if (!/^bilat:(?:\/\/)?clip(?:[/?]|$)/i.test(link)) return null;
  const url = new URLSearchParams(link.slice(link.indexOf('?') + 1)).get('url') ?? '';
  if (!link.includes('?') || url === '' || link.length > LONGEST) return { what: 'refused', link: link.slice(0, LONGEST), why: t.refusals.noAddress };
  const verdict = judge(url);
  return 'url' in verdict ? { what: 'clip', url: verdict.url } : { what: 'refused', link: url, why: verdict.refused };
}
