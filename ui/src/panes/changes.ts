/** What the window changes outside of the article that is open, each change with its way back. */
import type { Notices } from '../controls/notices.svelte';
import type { Actors, Ordered } from '../host/actors.svelte';
import type { Act, History } from '../host/history.svelte';
import { Failure, type Host } from '../host/host';
import type { ArticleId, ArticleRow, Collection, PairRow } from '../host/schema';
import type { Articles } from '../library/articles.svelte';
import { t } from '../texts';
import { ALL, type Desk } from './desk.svelte';

type Way = () => Promise<unknown>;
type Words = Pick<Act, 'label' | 'said' | 'about'>;

export class Changes {
  readonly #host: Host;
  readonly #desk: Desk;
  readonly #articles: Articles;
  readonly #notices: Notices;
  readonly #history: History;
  readonly #actors: Actors;

  constructor(host: Host, desk: Desk, articles: Articles, notices: Notices, history: History, actors: Actors) {
    this.#host = host;
    this.#desk = desk;
    this.#articles = articles;
    this.#notices = notices;
    this.#history = history;
    this.#actors = actors;
  }

  // Articles.

  async remove(row: Pick<ArticleRow, 'id' | 'title'>) {
    const request = { id: row.id };
    const remove = async () => {
      await this.#host.call('delete_article', request);
      if (this.#desk.stop.article === row.id) this.#desk.close();
      void this.#articles.refresh();
    };
    const restore = async () => {
      await this.#host.call('restore_article', request);
      void this.#articles.refresh();
    };
    await this.#do(remove, restore, { label: t.history.deletion(row.title), said: t.reader.removed(row.title), about: `article ${row.id}` });
  }

  async restore(id: ArticleId, title: string) {
    const restore = () => this.#host.call('restore_article', { id });
    await this.#do(restore, () => this.#host.call('delete_article', { id }), { label: t.history.restoring(title), said: t.reader.restored(title), about: `article ${id}` });
  }

  async setUnread({ id, title }: Pick<ArticleRow, 'id' | 'title'>, unread: boolean) {
    const set = (to: boolean) => async () => {
      await this.#host.call('set_unread', { id, unread: to });
      void this.#articles.refresh();
    };
    await this.#do(set(unread), set(!unread), { label: t.history.reading(title, unread), about: `article ${id}` });
  }

  async collect(collection: Collection, article: ArticleId) {
    const request = { collection: collection.id, articles: [article] };
    await this.#do(() => this.#host.call('add_to_collection', request), () => this.#host.call('remove_from_collection', request), { label: t.history.collecting(collection.name), said: t.reader.collected(collection.name) });
  }

  async uncollect(collection: Collection, article: ArticleId) {
    const request = { collection: collection.id, articles: [article] };
    await this.#do(() => this.#host.call('remove_from_collection', request), () => this.#host.call('add_to_collection', request), { label: t.history.uncollecting(collection.name), said: t.reader.uncollected(collection.name) });
  }

  // Pairs.

  /** Follows a pair and goes there. */
  async follow(pair: Ordered) {
    const follow = () => this.#host.call('follow_pair', { left: pair.left, right: pair.right });
    await follow();
    await this.#desk.load();
    const dyad = [pair.left, pair.right].sort().join('-');
    const made = this.#desk.pairs.find((row) => row.left === pair.left && row.right === pair.right)?.dyad ?? dyad;
    const name = this.#actors.pair(pair);
    this.#did(follow, () => this.#host.call('unfollow_pair', { dyad: made }), { label: t.history.following(name), said: t.pair.followed(name) });
    this.#desk.go({ kind: 'articles', view: 'all', pair: made, collection: null });
  }

  async unfollow(pair: PairRow) {
    const unfollow = async () => {
      await this.#host.call('unfollow_pair', { dyad: pair.dyad });
      const { where } = this.#desk;
      if (where.kind === 'articles' && where.pair === pair.dyad) this.#desk.go(ALL);
    };
    const name = this.#actors.pair(pair);
    await this.#do(this.#loading(unfollow), this.#loading(() => this.#host.call('follow_pair', { left: pair.left, right: pair.right })), { label: t.history.unfollowing(name), said: t.sidebar.unfollowed(name) });
  }

  // Collections.

  /** Makes a collection and goes there; with an article to put in, stays. */
  async makeCollection(name: string, adds?: ArticleId) {
    const { id } = await this.#host.call('create_collection', { name });
    if (adds !== undefined) await this.#host.call('add_to_collection', { collection: id, articles: [adds] });
    await this.#desk.load();
    this.#did(() => this.#host.call('restore_collection', { id }), () => this.#host.call('delete_collection', { id }), { label: t.history.making(name), said: adds === undefined ? null : t.reader.collected(name) });
    if (adds === undefined) this.#desk.go({ kind: 'articles', view: 'all', pair: null, collection: id });
  }

  async rename(collection: Collection, name: string) {
    const rename = (to: string) => () => this.#host.call('rename_collection', { id: collection.id, name: to });
    await rename(name)();
    await this.#desk.load();
    this.#did(rename(name), rename(collection.name), { label: t.history.renaming(collection.name, name) });
  }

  async deleteCollection(collection: Collection) {
    const remove = async () => {
      await this.#host.call('delete_collection', { id: collection.id });
      const { where } = this.#desk;
      if (where.kind === 'articles' && where.collection === collection.id) this.#desk.go(ALL);
    };
    await this.#do(this.#loading(remove), this.#loading(() => this.#host.call('restore_collection', { id: collection.id })), { label: t.history.deletionOfCollection(collection.name), said: t.sidebar.removedCollection(collection.name) });
  }

  /** Does an act and remembers it; what failed is said, and then nothing was done. */
  async #do(redo: Way, undo: Way, words: Words) {
    try {
      await redo();
    } catch (thrown) {
      this.#notices.fail(Failure.from(thrown));
      return;
    }
    this.#history.did({ ...words, undo, redo });
  }

  /** Remembers an act, just done, that changes what the sidebar shows. */
  #did(redo: Way, undo: Way, words: Words) {
    this.#history.did({ ...words, undo: this.#loading(undo), redo: this.#loading(redo) });
  }

  /** The same, and what the sidebar shows is read again. */
  #loading(way: Way): () => Promise<void> {
    return async () => {
      await way();
      await this.#desk.load();
    };
  }
}
