/** The words of what can be taken back and done again. */
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
  deletionOfCollection: (name: string) => `delete of the collection “${name}”`,
};
