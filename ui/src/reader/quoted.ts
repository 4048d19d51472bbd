/** Quotation marks as each language writes them; the text's own stay what they are. */
const MARKS: Record<string, [string, string]> = {
  de: ['„', '“'], cs: ['„', '“'], sk: ['„', '“'], bg: ['„', '“'], sl: ['„', '“'], lt: ['„', '“'], is: ['„', '“'], ka: ['„', '“'],
  pl: ['„', '”'], ro: ['„', '”'], hu: ['„', '”'], hr: ['„', '”'], sr: ['„', '”'], nl: ['“', '”'],
  fr: ['«\u202f', '\u202f»'], ru: ['«', '»'], uk: ['«', '»'], be: ['«', '»'], es: ['«', '»'], it: ['«', '»'], pt: ['«', '»'], el: ['«', '»'],
  no: ['«', '»'], nb: ['«', '»'], nn: ['«', '»'], hy: ['«', '»'], fa: ['«', '»'], ar: ['«', '»'], az: ['«', '»'],
  sv: ['”', '”'], fi: ['”', '”'], ja: ['「', '」'], 'zh-hant': ['「', '」'], 'zh-tw': ['「', '」'], 'zh-hk': ['「', '」'],
};

/** `words` in the quotation marks of `language`, English ones where it is not known. */
export function quoted(words: string, language: string | null | undefined): string {
  const tag = (language ?? '').toLowerCase();
  const [open, close] = MARKS[tag] ?? MARKS[tag.split('-')[0]!] ?? ['“', '”'];
  return `${open}${words}${close}`;
}
