/** Numbers as they are written in sentences. */

const PLURAL = new Intl.PluralRules('en');
const NUMBER = new Intl.NumberFormat('en');

export const number = (n: number) => NUMBER.format(n);

/** `1 item`, `1,048 items`. */
export const count = (n: number, one: string, many: string) => `${NUMBER.format(n)} ${PLURAL.select(n) === 'one' ? one : many}`;

/** A number with a true minus and a plus where the sign matters. */
export const signed = (value: number, digits = 0) => {
  const shown = Math.abs(value).toFixed(digits);
  return Number(shown) === 0 ? Number(0).toFixed(digits) : `${value < 0 ? '−' : '+'}${shown}`;
};
