/** What the window changes outside of the article that is open, each change with its way back. */
import type { Notices } from '../controls/notices.svelte';
import type { Actors, Ordered } from '../host/actors.svelte';
import type { Act, History } from '../host/history.svelte';
import { Failure, type Host } from '../host/host';
import type { ArticleId, ArticleRow, Collection, PairRow, SavedSearch, Tag } from '../host/schema';
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

  // Many articles. What was so already is left out of the way back.

  async removeAll(ids: ArticleId[]) {
    const remove = async () => {
      await this.#host.call('delete_articles', { ids });
      const { article } = this.#desk.stop;
      if (article !== null && ids.includes(article)) this.#desk.close();
      void this.#articles.refresh();
    };
    await this.#do(remove, this.#refreshing(() => this.#host.call('restore_articles', { ids })), { label: t.history.deletionOfAll(ids.length), said: t.list.deletedAll(ids.length) });
  }

  async restoreAll(ids: ArticleId[]) {
    await this.#do(this.#refreshing(() => this.#host.call('restore_articles', { ids })), this.#refreshing(() => this.#host.call('delete_articles', { ids })), { label: t.history.restoringAll(ids.length), said: t.list.restoredAll(ids.length) });
  }

  async setUnreadAll(ids: ArticleId[], unread: boolean) {
    await this.#change(
      () => this.#host.call('set_unread_all', { ids, unread }),
      (changed) => this.#host.call('set_unread_all', { ids: changed, unread: !unread }),
      (n) => ({ label: t.history.readingAll(n, unread), said: t.list.markedAll(n, unread) }),
    );
  }

  async tag(ids: ArticleId[], tag: string) {
    await this.#change(
      () => this.#host.call('tag_articles', { ids, add: [tag], remove: [] }),
      (changed) => this.#host.call('tag_articles', { ids: changed, add: [], remove: [tag] }),
      (n) => ({ label: t.history.tagging(tag), said: t.list.taggedAll(n, tag) }),
    );
  }

  async collect(collection: Collection, ids: ArticleId[]) {
    await this.#change(
      () => this.#host.call('add_to_collection', { collection: collection.id, articles: ids }),
      (changed) => this.#host.call('remove_from_collection', { collection: collection.id, articles: changed }),
      (n) => ({ label: t.history.collecting(collection.name), said: n === 1 ? t.reader.collected(collection.name) : t.list.collectedAll(n, collection.name) }),
    );
  }

  async uncollect(collection: Collection, ids: ArticleId[]) {
    await this.#change(
      () => this.#host.call('remove_from_collection', { collection: collection.id, articles: ids }),
      (changed) => this.#host.call('add_to_collection', { collection: collection.id, articles: changed }),
      (n) => ({ label: t.history.uncollecting(collection.name), said: n === 1 ? t.reader.uncollected(collection.name) : t.list.uncollectedAll(n, collection.name) }),
    );
  }

  /** Destroys articles of the bin, all of them where none is named. Nothing brings them back. */
  async purge(ids: ArticleId[]) {
    try {
      const gone = await this.#host.call('empty_bin', { ids });
      for (const id of gone) this.#history.forget(`article ${id}`);
      if (this.#desk.stop.article !== null && gone.includes(this.#desk.stop.article)) this.#desk.close();
      this.#notices.say(t.purge.done(gone.length));
      void this.#articles.refresh();
    } catch (thrown) {
      this.#notices.fail(Failure.from(thrown));
    }
  }

  // Tags and saved searches.

  async renameTag(tag: Tag, name: string) {
    const rename = (to: string) => () => this.#host.call('rename_tag', { id: tag.id, name: to });
    await rename(name)();
    await this.#desk.load();
    this.#did(rename(name), rename(tag.name), { label: t.history.renamingTag(tag.name, name) });
  }

  /** Takes a tag away, or puts another in its place. */
  async removeTag(tag: Tag, into: Tag | null) {
    const remove = () => this.#host.call('remove_tag', { id: tag.id, into: into?.id ?? null });
    let taken = await remove();
    const { where } = this.#desk;
    if (where.kind === 'articles' && where.tag === tag.id) this.#desk.go(ALL);
    await this.#desk.load();
    const words = into ? { label: t.history.merging(tag.name, into.name), said: t.tags.merged(tag.name, into.name) } : { label: t.history.deletionOfTag(tag.name), said: t.tags.removed(tag.name) };
    this.#did(async () => (taken = await remove()), () => this.#host.call('restore_tag', taken), words);
  }

  async saveSearch(name: string, query: string) {
    const { id } = await this.#host.call('save_search', { name, query });
    await this.#desk.load();
    this.#did(() => this.#host.call('restore_saved_search', { id }), () => this.#host.call('delete_saved_search', { id }), { label: t.history.saving(name) });
  }

  async renameSearch(search: SavedSearch, name: string) {
    const rename = (to: string) => () => this.#host.call('edit_saved_search', { ...search, name: to });
    await rename(name)();
    await this.#desk.load();
    this.#did(rename(name), rename(search.name), { label: t.history.renaming(search.name, name) });
  }

  async deleteSearch({ id, name }: SavedSearch) {
    await this.#do(this.#loading(() => this.#host.call('delete_saved_search', { id })), this.#loading(() => this.#host.call('restore_saved_search', { id })), { label: t.history.deletionOfSearch(name), said: t.savedSearch.removed(name) });
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
  async makeCollection(name: string, adds?: ArticleId[]) {
    const { id } = await this.#host.call('create_collection', { name });
    if (adds !== undefined) await this.#host.call('add_to_collection', { collection: id, articles: adds });
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

  /** Does to many articles what answers those that it changed; the way back is for those alone. */
  async #change(act: () => Promise<ArticleId[]>, back: (changed: ArticleId[]) => Promise<unknown>, words: (n: number) => Words) {
    let changed: ArticleId[] = [];
    try {
      changed = await act();
    } catch (thrown) {
      this.#notices.fail(Failure.from(thrown));
      return;
    }
    void this.#articles.refresh();
    if (changed.length > 0) this.#history.did({ ...words(changed.length), undo: this.#refreshing(() => back(changed)), redo: this.#refreshing(async () => (changed = await act())) });
  }

  #refreshing(way: Way): () => Promise<void> {
    return async () => {
      await way();
      void this.#articles.refresh();
    };
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
