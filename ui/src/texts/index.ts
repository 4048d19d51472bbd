/** The texts in the language of the window. */
export { en as t, number, signed } from './en';
export * from './dates';
export { SECTIONS, type Section } from './settings';
import { en } from './en';
/** The briefing view's part of them. */
export const { briefing } = en;
