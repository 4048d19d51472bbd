/**
 * CodeMirror's styles as constructed sheets.
 *
 * style-mod writes a `<style>` element into the page, which our content security policy (`style-src 'self'`) blocks.
 * Sheets made through the CSSOM are allowed, so mounting is done here: same rules, same order, no element.
 */
import { StyleModule } from 'style-mod';

const mounted = new WeakMap<object, { sheet: CSSStyleSheet; modules: StyleModule[] }>();

StyleModule.mount = (root, given) => {
  const modules = Array.isArray(given) ? given : [given];
  let own = mounted.get(root);
  if (!own) {
    own = { sheet: new CSSStyleSheet(), modules: [] };
    mounted.set(root, own);
    root.adoptedStyleSheets.push(own.sheet);
  }
  const next = [...own.modules.filter((module) => !modules.includes(module)), ...modules];
  if (next.length === own.modules.length && next.every((module, at) => module === own.modules[at])) return;
  own.modules = next;
  own.sheet.replaceSync(next.map((module) => module.getRules()).join('\n'));
};
