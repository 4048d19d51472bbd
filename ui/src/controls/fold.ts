/** Text as people compare it: without case and accents, and one letter for all its forms. */
export const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
