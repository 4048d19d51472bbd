/** The words of the briefing view. */
import type { IconName } from '../controls/icons';

const n = (count: number) => count.toLocaleString('en');
const quotes = (count: number) => (count === 1 ? '1 quote' : `${n(count)} quotes`);

export const briefing = {
  back: 'Back to briefings',
  draft: 'Draft',
  untitled: 'Untitled briefing',
  layout: 'Layout',
  write: 'Write',
  split: 'Split',
  preview: 'Preview',
  export: 'Export',
  more: 'More',
  loading: 'Opening the briefing',
  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  pairOf: (left: string, right: string) => `${left}–${right}`,

  // The list
  briefings: 'Briefings',
  new: 'New briefing',
  noneYet: 'No briefing yet',
  noneYetWhat: 'A briefing starts from what both sides of a pair said. Every quote in it is checked against its source.',
  cannotList: 'The briefings could not be listed',
  cannotOpen: 'The briefing could not be opened',
  changed: (when: string) => `Changed ${when}`,
  editions: (count: number) => (count === 1 ? '1 edition' : `${n(count)} editions`),
  delete: 'Delete',
  deleteNamed: (title: string) => `Delete “${title}”`,
  deleted: (title: string) => `“${title}” is in the bin.`,

  // A new one
  left: 'Left side',
  right: 'Right side',
  swap: 'Swap sides',
  order: 'The left side comes first everywhere: in the text, in the dossier, in print.',
  sameSide: 'Choose two different sides.',
  chooseSide: 'Choose a country or body for each side.',
  template: 'Template',
  templates: {
    alert: ['Alert', 'Half a page: what happened, what each side says, what to watch'],
    in_focus: ['In focus', 'Two pages: key judgements, state of play, outlook, sources'],
    long: ['Long', 'The whole file: positions by issue, timeline, alternatives and gaps'],
  },
  period: 'Evidence from',
  periods: { all: 'Everything', month: '30 days', quarter: '90 days', year: 'A year', own: 'Own dates' },
  since: 'Since',
  until: 'Until',
  dateForm: 'A year, a month or a day: 2023, 2023-01 or 2023-01-20.',
  dateWrong: (text: string) => `“${text}” is no date. Write 2023, 2023-01 or 2023-01-20.`,
  datesCrossed: 'The period ends before it begins.',
  start: 'Draft briefing',
  starting: 'Gathering evidence',
  cannotStart: 'The briefing was not drafted',

  // Outline and evidence
  sidePane: 'Outline and evidence',
  outline: 'Outline',
  outlineQuotes: 'quotes',
  outlineEmpty: 'Headings you write appear here.',
  quotesIn: (title: string, count: number) => (count === 0 ? title : `${title}, ${quotes(count)}`),
  evidence: 'Evidence',
  evidenceTray: 'Evidence tray',
  evidenceCount: quotes,
  findQuote: 'Find a quote',
  unused: 'Unused only',
  noEvidence: 'No quotes on this pair yet',
  noEvidenceWhat: 'Mark a quote in an article and say who said it; it appears here.',
  noMatch: 'No quote matches',
  clearFilter: 'Clear filter',
  cannotListEvidence: 'The evidence could not be listed',
  inText: 'In text',
  unnamed: 'Unnamed',
  side: { a: 'Left side', b: 'Right side', c: 'Third party' },
  card: (who: string, when: string, used: boolean) => ['Quote', who, when, used ? 'in text' : ''].filter(Boolean).join(', '),
  cardKeys: 'Enter inserts at the caret. Alt with arrow up or down chooses a line, then Enter inserts there.',
  inserted: 'Quote inserted',
  pointsBehind: (words: string) => (words ? `Behind: ${words}` : 'At the beginning'),
  rating: (code: string, source: string, item: string) => `Rating ${code}: ${source}, ${item}`,
  reliability: { A: 'completely reliable', B: 'usually reliable', C: 'fairly reliable', D: 'not usually reliable', E: 'unreliable', F: 'reliability cannot be judged' },
  credibility: ['confirmed by other sources', 'probably true', 'possibly true', 'doubtful', 'improbable', 'truth cannot be judged'],

  // Editor
  editor: 'Briefing, Markdown',
  placeholder: 'Write in Markdown. Type [@ to cite.',
  facts: [
    ['two', 'Pair', 'pair'],
    ['cal', 'As of', 'as of', 'date'],
    ['user', 'Author', 'author'],
    ['lock', 'Marking', 'marking'],
  ] satisfies [IconName, string, ...string[]][] as [IconName, string, ...string[]][],
  editTitle: 'Edit the title',
  field: 'Field',
  foldFields: 'Fold',

  // The check
  checking: 'Checking quotes',
  checkFailed: 'The quotes could not be checked',
  noQuotes: 'No quotes yet',
  allVerified: (total: number) => (total === 1 ? 'The one quote is verified verbatim' : `All ${n(total)} quotes verified verbatim`),
  someFail: (bad: { altered: number; missing: number; uncited: number }, total: number) => {
    const of = `of ${quotes(total)}`;
    const parts = [
      bad.altered && `${bad.altered} ${of} ${bad.altered === 1 ? 'differs from its source' : 'differ from their sources'}`,
      bad.missing && `${bad.missing} ${bad.altered ? '' : `${of} `}not found`,
      bad.uncited && `${bad.uncited} ${bad.altered || bad.missing ? '' : `${of} `}without a citation`,
    ].filter(Boolean) as string[];
    return parts.join(', ');
  },
  someUnproved: (verified: number, total: number) => `${n(verified)} of ${quotes(total)} verified verbatim`,
  wordings: (count: number) => (count === 1 ? '1 remark on wording' : `${n(count)} remarks on wording`),
  stateWord: {
    verified: 'Verified',
    typography: 'Verified',
    elided: 'Verified',
    altered: 'Differs',
    missing: 'Not found',
    source_changed: 'Source changed',
    uncited: 'No citation',
  },
  stateTitle: {
    verified: 'Verified verbatim',
    typography: 'Verified verbatim',
    elided: 'Verified verbatim',
    altered: 'This quote differs from its source',
    missing: 'These words are not in the source',
    source_changed: 'The source has changed since',
    uncited: 'This quote has no citation',
  },
  stateWhat: {
    altered: '',
    missing: 'The cited article holds no passage close to these words. Cite another source, or make it a paraphrase.',
    source_changed: 'The words stand in the snapshot that was cited; a newer snapshot no longer has them.',
    uncited: 'Type [@ behind the closing mark and choose its source, or make it a paraphrase.',
  } as Partial<Record<string, string>>,
  noSuchKey: (key: string) => `No item has the key ${key}. Choose its source again, or make it a paraphrase.`,
  text: 'Text',
  source: 'Source',
  useSource: 'Use the source',
  paraphrase: 'Make it a paraphrase',
  openArticle: 'Open the article',
  wording: 'On wording',
  finding: 'What the check found',
  sources: (count: number, lowest: string | null) => {
    const some = count === 1 ? '1 source' : `${n(count)} sources`;
    return lowest ? `${some}, lowest ${lowest}` : some;
  },
  words: (count: number) => (count === 1 ? '1 word' : `${n(count)} words`),

  // Saving
  saved: (time: string) => `Saved ${time}`,
  saving: 'Saving',
  unsaved: 'Not saved yet',
  notSaved: 'Not saved',
  notSavedWhat: (why: string) => `${why} Your text is safe in memory.`.trim(),
  saveAgain: 'Try again',
  copyText: 'Copy the text',
  copied: 'The text is on the clipboard.',
  restored: 'These words were not saved before. They are kept here and are being saved now.',

  // Two versions
  conflict: 'This briefing was changed elsewhere',
  conflictWhat: 'Both versions are whole. What differs is underlined.',
  thisOne: 'This window',
  theOther: 'In the library',
  showBoth: 'Show both',
  keepBoth: 'Keep both',
  keepBothWhat: 'Yours becomes a briefing of its own',
  keepThis: 'Keep this one',
  keepOther: 'Keep the other',
  keptBoth: 'Both versions are kept. This is yours.',

  // Export
  exportTitle: 'Export briefing',
  format: 'Format',
  formats: {
    markdown: ['Markdown', 'Opens in any editor, with footnotes and front matter'],
    html: ['HTML', 'One file without scripts, laid out as in the preview'],
  },
  file: 'File',
  choose: 'Choose',
  exporting: 'Writing the file',
  exported: (path: string) => `Exported to ${path}`,
  exportFailed: 'The file was not written',
  exists: 'A file of this name is there already',
  existsWhat: 'Nothing was written. Replace the file, or give another name.',
  replace: 'Replace the file',
  stopped: (count: number) => `${quotes(count)} ${count === 1 ? 'stops' : 'stop'} the export`,
  stoppedWhat: 'A briefing leaves Bilat when every quote in it is verified. Put these right, or export a draft.',
  goToIt: 'Go to it',
  asDraft: 'Export as draft',
  asDraftWhat: (failing: number, total: number) =>
    `Every page is marked DRAFT and says that ${n(total - failing)} of ${quotes(total)} ${total - failing === 1 ? 'is' : 'are'} verified.`,
  line: (line: number) => `Line ${n(line)}`,

  // Preview
  previewPane: 'Page preview',
  previewFailed: 'The preview could not be drawn',
};
