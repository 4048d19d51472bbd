/** The texts in the language of the window. */
export { en as t, number, signed } from './en';
export * from './dates';
