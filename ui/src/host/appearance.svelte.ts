/**
 * How the window looks: kept in the library's settings, and remembered beside the page so that the first
 * paint is already right.
 */
import { createContext } from 'svelte';
import type { Host } from './host';

export interface Look {
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'comfortable';
  /** Reading text in px at 100 %. */
  reading_size: number;
  /** Whether motion is off whatever the system says. */
  still: boolean;
}

export const READING_SIZES = [15, 16, 17, 18, 19, 20, 21, 22, 24] as const;
const KEPT = 'bilat.look';
const PLAIN: Look = { theme: 'system', density: 'compact', reading_size: 18, still: false };
const dark = matchMedia('(prefers-color-scheme: dark)');

/** The look of the last time, or the plain one. */
export function remembered(): Look {
  try {
    return sound(JSON.parse(localStorage.getItem(KEPT) ?? '{}'));
  } catch {
    return PLAIN;
  }
}

/** A look from whatever was stored: what is no choice becomes the plain one. */
export function sound(stored: unknown): Look {
  const look = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<Record<keyof Look, unknown>>;
  const one = <T>(value: unknown, of: readonly T[], otherwise: T) => (of.includes(value as T) ? (value as T) : otherwise);
  return {
    theme: one(look.theme, ['system', 'light', 'dark'], PLAIN.theme),
    density: one(look.density, ['compact', 'comfortable'], PLAIN.density),
    reading_size: one<number>(look.reading_size, READING_SIZES, PLAIN.reading_size),
    still: look.still === true,
  };
}

export function applyAppearance({ theme, density, reading_size, still }: Look) {
  const root = document.documentElement;
  root.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
  root.dataset.density = density;
  if (still) root.dataset.motion = 'none';
  else delete root.dataset.motion;
  if (reading_size === PLAIN.reading_size) {
    root.style.removeProperty('--t-read');
    root.style.removeProperty('--l-read');
  } else {
    root.style.setProperty('--t-read', `${reading_size / 16}rem`);
    root.style.setProperty('--l-read', `${(reading_size * 5) / 3 / 16}rem`);
  }
}

export class Appearance {
  look = $state<Look>(remembered());
  #host: Host;

  constructor(host: Host) {
    this.#host = host;
    dark.addEventListener('change', () => applyAppearance(this.look));
  }

  /** Takes what the library has kept. */
  take(settings: Record<string, unknown>) {
    if (typeof settings.look !== 'object') return;
    this.look = sound(settings.look);
    this.#show();
  }

  async change(part: Partial<Look>) {
    this.look = { ...this.look, ...part };
    this.#show();
    await this.#host.call('write_setting', { name: 'look', value: { ...this.look } });
  }

  /** Light becomes dark and dark light. */
  flip() {
    return this.change({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' });
  }

  #show() {
    applyAppearance(this.look);
    localStorage.setItem(KEPT, JSON.stringify(this.look));
  }
}

export const [getAppearance, setAppearance] = createContext<Appearance>();
