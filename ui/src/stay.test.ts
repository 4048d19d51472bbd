import { expect, test } from 'vitest';
import { stay } from './stay';

test('no link is followed, and what is no link does what it does', () => {
  stay(window);
  const place = document.body.appendChild(document.createElement('div'));
  place.innerHTML = '<a href="https://harbour.example/"><b>so</b></a><svg><a href="#x"><text>so</text></a></svg><map><area href="#x"></map><label><input type="checkbox"></label>';
  const held = (selector: string, type = 'click') => {
    const event = new MouseEvent(type, { bubbles: true, cancelable: true });
    place.querySelector(selector)!.dispatchEvent(event);
    return event.defaultPrevented;
  };
  for (const link of ['b', 'text', 'area']) expect([held(link), held(link, 'auxclick')], link).toEqual([true, true]);
  expect(held('label')).toBe(false);
  place.remove();
});
