import { ICONS, type IconName } from '../../controls/icons';

const SVG = 'http://www.w3.org/2000/svg';

/** A small drawing for what CodeMirror draws itself, where no component can stand. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'cm-icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.appendChild(document.createElementNS(SVG, 'path')).setAttribute('d', ICONS[name]);
  return svg;
}
