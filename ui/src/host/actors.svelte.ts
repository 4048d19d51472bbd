/** The names of countries and organisations: asked for once, known everywhere. */
import { createContext } from 'svelte';
import type { Host } from './host';
import type { Actor, ActorName, Dyad } from './schema';

export class Actors {
  list = $state.raw<ActorName[]>([]);
  #names = $derived(new Map(this.list.map(({ code, name }) => [code, name])));

  async load(host: Host) {
    this.list = await host.call('list_actors', {});
  }

  /** The short name; the code itself while the names are on their way. */
  name(code: Actor): string {
    return this.#names.get(code) ?? code;
  }

  /** `United States – Russia`. */
  pair({ left, right }: Ordered): string {
    return `${this.name(left)} – ${this.name(right)}`;
  }
}

/** The two sides of a pair in the analyst's order, which never swaps. */
export interface Ordered {
  left: Actor;
  right: Actor;
}

/** The two codes of a dyad, in the library's order. */
export function sidesOf(dyad: Dyad): Ordered {
  const [left = '', right = ''] = dyad.split('-');
  return { left, right };
}

/** Where an actor stands: left, right, or neither. */
export function sideOf(actor: Actor | null | undefined, pair: Ordered | null): 'a' | 'b' | 'c' {
  if (actor && pair && actor === pair.left) return 'a';
  return actor && pair && actor === pair.right ? 'b' : 'c';
}

export const [getActors, setActors] = createContext<Actors>();
