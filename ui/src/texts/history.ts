/** The words of what can be taken back and done again. */
import { count } from './count';

export const history = {
  undo: (label: string) => `Undo ${label}`,
  redo: (label: string) => `Redo ${label}`,
  undoFailed: (label: string) => `Could not undo ${label}`,
  redoFailed: (label: string) => `Could not redo ${label}`,
  /** Of an act that has no name of its own. */
  change: 'the last change',
  quoted: (said: string) => `“${said}”`,
  deletion: (title: string) => `delete of “${title}”`,
  restoring: (title: string) => `restore of “${title}”`,
  reading: (title: string, unread: boolean) => `marking “${title}” as ${unread ? 'unread' : 'read'}`,
  collecting: (name: string) => `adding to ${name}`,
  uncollecting: (name: string) => `removing from ${name}`,
  following: (pair: string) => `following ${pair}`,
  unfollowing: (pair: string) => `no longer following ${pair}`,
  making: (name: string) => `making of the collection “${name}”`,
  renaming: (was: string, is: string) => `renaming “${was}” to “${is}”`,
  deletionOfAll: (n: number) => `delete of ${count(n, 'article', 'articles')}`,
  restoringAll: (n: number) => `restore of ${count(n, 'article', 'articles')}`,
  readingAll: (n: number, unread: boolean) => `marking ${count(n, 'article', 'articles')} as ${unread ? 'unread' : 'read'}`,
  tagging: (tag: string) => `tagging “${tag}”`,
  renamingTag: (was: string, is: string) => `renaming the tag “${was}” to “${is}”`,
  deletionOfTag: (name: string) => `delete of the tag “${name}”`,
  merging: (name: string, into: string) => `merge of “${name}” into “${into}”`,
  saving: (name: string) => `saving the search “${name}”`,
  deletionOfSearch: (name: string) => `delete of the search “${name}”`,
  deletionOfCollection: (name: string) => `delete of the collection “${name}”`,
};
