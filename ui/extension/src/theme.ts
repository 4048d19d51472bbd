// Light or dark, as the system has it; the tokens know the two by an attribute.

const dark = matchMedia('(prefers-color-scheme: dark)');
const show = (): void => void (document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light');
dark.addEventListener('change', show);
show();

/** The element of this id, which the page has. */
export const at = <E extends HTMLElement = HTMLElement>(id: string): E => document.getElementById(id) as E;
