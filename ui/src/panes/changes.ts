/** What the window changes outside of the article that is open, each change with its way back. */
import type { Notices } from '../controls/notices.svelte';
import type { Actors, Ordered } from '../host/actors.svelte';
import { Failure, type Command, type Host, type Request } from '../host/host';
import type { ArticleId, ArticleRow, Collection, PairRow } from '../host/schema';
import type { Articles } from '../library/articles.svelte';
import { t } from '../texts';
import { ALL, type Desk } from './desk.svelte';

export class Changes {
  readonly #host: Host;
  readonly #desk: Desk;
  readonly #articles: Articles;
  readonly #notices: Notices;
  readonly #actors: Actors;

  constructor(host: Host, desk: Desk, articles: Articles, notices: Notices, actors: Actors) {
    this.#host = host;
    this.#desk = desk;
    this.#articles = articles;
    this.#notices = notices;
    this.#actors = actors;
  }

  /** Does something that may fail; what failed is said. */
  async try<C extends Command>(name: C, request: Request<C>): Promise<boolean> {
    try {
      await this.#host.call(name, request);
      return true;
    } catch (thrown) {
      this.#notices.fail(Failure.from(thrown));
      return false;
    }
  }

  // Articles.

  async remove(row: Pick<ArticleRow, 'id' | 'title'>) {
    if (!(await this.try('delete_article', { id: row.id }))) return;
    if (this.#desk.stop.article === row.id) this.#desk.close();
    void this.#articles.refresh();
    this.#notices.undoable(t.reader.removed(row.title), async () => {
      await this.#host.call('restore_article', { id: row.id });
      void this.#articles.refresh();
    });
  }

  async restore(id: ArticleId, title: string) {
    if (await this.try('restore_article', { id })) this.#notices.say(t.reader.restored(title));
  }

  async setUnread(id: ArticleId, unread: boolean) {
    if (await this.try('set_unread', { id, unread })) void this.#articles.refresh();
  }

  async collect(collection: Collection, article: ArticleId) {
    const request = { collection: collection.id, articles: [article] };
    if (await this.try('add_to_collection', request)) this.#notices.undoable(t.reader.collected(collection.name), () => this.#host.call('remove_from_collection', request));
  }

  async uncollect(collection: Collection, article: ArticleId) {
    const request = { collection: collection.id, articles: [article] };
    if (await this.try('remove_from_collection', request)) this.#notices.undoable(t.reader.uncollected(collection.name), () => this.#host.call('add_to_collection', request));
  }

  // Pairs.

  /** Follows a pair and goes there. */
  async follow(pair: Ordered) {
    await this.#host.call('follow_pair', { left: pair.left, right: pair.right });
    await this.#desk.load();
    const dyad = [pair.left, pair.right].sort().join('-');
    const made = this.#desk.pairs.find((row) => row.left === pair.left && row.right === pair.right)?.dyad ?? dyad;
    this.#undoable(t.pair.followed(this.#actors.pair(pair)), () => this.#host.call('unfollow_pair', { dyad: made }));
    this.#desk.go({ kind: 'articles', view: 'all', pair: made, collection: null });
  }

  async unfollow(pair: PairRow) {
    if (!(await this.try('unfollow_pair', { dyad: pair.dyad }))) return;
    const { where } = this.#desk;
    if (where.kind === 'articles' && where.pair === pair.dyad) this.#desk.go(ALL);
    await this.#desk.load();
    this.#undoable(t.sidebar.unfollowed(this.#actors.pair(pair)), () => this.#host.call('follow_pair', { left: pair.left, right: pair.right }));
  }

  // Collections.

  /** Makes a collection and goes there; with an article to put in, stays. */
  async makeCollection(name: string, adds?: ArticleId) {
    const made = await this.#host.call('create_collection', { name });
    if (adds !== undefined) await this.#host.call('add_to_collection', { collection: made.id, articles: [adds] });
    await this.#desk.load();
    this.#undoable(null, () => this.#host.call('delete_collection', { id: made.id }));
    if (adds === undefined) this.#desk.go({ kind: 'articles', view: 'all', pair: null, collection: made.id });
    else this.#notices.say(t.reader.collected(name));
  }

  async rename(collection: Collection, name: string) {
    await this.#host.call('rename_collection', { id: collection.id, name });
    await this.#desk.load();
    this.#undoable(null, () => this.#host.call('rename_collection', { id: collection.id, name: collection.name }));
  }

  async deleteCollection(collection: Collection) {
    if (!(await this.try('delete_collection', { id: collection.id }))) return;
    const { where } = this.#desk;
    if (where.kind === 'articles' && where.collection === collection.id) this.#desk.go(ALL);
    await this.#desk.load();
    this.#undoable(t.sidebar.removedCollection(collection.name), () => this.#host.call('restore_collection', { id: collection.id }));
  }

  /** A change of what the sidebar shows. */
  #undoable(text: string | null, back: () => Promise<unknown>) {
    this.#notices.undoable(text, async () => {
      await back();
      await this.#desk.load();
    });
  }
}
