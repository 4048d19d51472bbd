/** The words of the settings. */
import type { Rule } from '../host/schema';
import { count } from './count';

/** The sections of the settings, in their order. */
export const SECTIONS = ['appearance', 'reading', 'library', 'browsers', 'feeds', 'folders', 'rules', 'learned', 'network', 'about'] as const;

export type Section = (typeof SECTIONS)[number];

export const settings = {
  title: 'Settings',
  sections: 'Sections',
  appearance: 'Appearance',
  theme: 'Theme',
  themes: { system: 'Match system', light: 'Light', dark: 'Dark' } as Record<string, string>,
  density: 'Density',
  densityHelp: 'Comfortable adds 4 px to each row and control',
  densities: { compact: 'Compact', comfortable: 'Comfortable' } as Record<string, string>,
  motion: 'Reduce motion',
  motions: { system: 'Match system', always: 'Always' } as Record<string, string>,
  reading: 'Reading',
  size: 'Text',
  smaller: 'Smaller text',
  larger: 'Larger text',
  sample: 'The delegations met for two hours. “We agreed on the date and on nothing else,” the spokeswoman told reporters on Friday.',
  library: 'Library',
  file: 'Library file',
  fileHelp: 'Everything is in this one file: articles, marks, briefings. Copy it to keep a copy.',
  copyPath: 'Copy path',
  pathCopied: 'Path copied',
  holds: 'It holds',
  holdings: (articles: number, statements: number, briefings: number) =>
    `${count(articles, 'article', 'articles')}, ${count(statements, 'quote', 'quotes')}, ${count(briefings, 'briefing', 'briefings')}`,
  backup: 'Backup',
  backupHelp: 'A copy that is checked before it is kept. “bilat restore” puts one back, and keeps what stood there.',
  backupFolder: 'Folder for backups',
  backupOther: 'Other folder',
  backUp: 'Back up now',
  backingUp: 'Backing up',
  backedUp: (path: string) => `Backed up to ${path}`,
  lastBackup: (at: string, path: string) => `Last backup ${at}: ${path}`,
  noBackup: 'No backup has been made from this window.',
  check: 'Check the library',
  checkHelp: 'Reads every snapshot again and recomputes its hash',
  checkGo: 'Check now',
  checking: 'Checking',
  sound: (n: number) => `Sound: ${count(n, 'snapshot', 'snapshots')} read, every hash agrees`,
  faults: (n: number) => count(n, 'fault', 'faults'),
  about: 'About',
  version: (version: string) => `Bilat ${version}`,
  licence: 'Free software under the MIT or Apache 2.0 licence. Fonts: Source Serif 4, IBM Plex Sans and Source Code Pro, under the SIL Open Font License.',
  shortcuts: 'Keyboard shortcuts',
  shortcutsGo: 'Show all',

  browsers: 'Browsers',
  browsersText: 'The browser extension sends the page as you see it, also behind a login, to this window and to nobody else.',
  pair: 'Pair a browser',
  pairNew: 'New code',
  pairCode: 'Pairing code',
  pairSteps: [
    'Install the Bilat extension in the browser. The user guide says how, under Browser extension.',
    'Click its button in the toolbar.',
    'Type this code.',
  ],
  pairLeft: (seconds: number) => `${count(seconds, 'second', 'seconds')} left`,
  pairOver: 'The code is over. It works for two minutes and for one browser.',
  paired: (label: string) => `Paired ${label}`,
  noBrowsers: 'No browser is paired, so none can send anything.',
  unnamed: 'A browser without a name',
  pairedOn: (day: string) => `Paired ${day}`,
  usedOn: (day: string | null) => (day ? `last used ${day}` : 'not used yet'),
  revoke: 'Revoke',
  revokeNamed: (label: string) => `Revoke ${label}`,
  revokeSure: (label: string) => `${label} can send nothing any more. To use it again you pair it again.`,
  revoked: (label: string) => `Revoked ${label}. It can send nothing any more.`,
  singleFile: {
    pair: 'Use SingleFile',
    text: 'In SingleFile’s options open Destination, choose “upload to a REST Form API”, and copy these:',
    address: 'URL',
    token: 'Authorization token',
    file: 'Archive data field name',
    url: 'Archive URL field name',
    once: 'The token is shown this once, and the first page must come within a few minutes. Close this and begin anew for another.',
    copy: (name: string) => `Copy: ${name}`,
    copied: 'Copied',
  },
  serverOn: (port: number) => `Taking pages at port ${port} of this computer.`,
  serverOff: 'Not listening: no browser is paired.',
  serverProblem: 'Browsers cannot send anything',
  serverAgain: 'Bilat tries again every few seconds.',

  feeds: 'Feeds',
  feedsText: 'A feed is checked when you say so, or as often as you set. What is new in it comes to the Inbox.',
  feedAddress: 'Address of a feed',
  feedAdd: 'Add feed',
  feedNone: 'No feed is followed.',
  feedBad: 'Write the feed’s address, such as https://example.org/feed.xml.',
  feedCheck: 'Check now',
  feedsChecking: 'The feeds are being checked: see Imports',
  feedSchedule: (title: string) => `How often ${title} is checked`,
  feedHours: (hours: number | null) => (hours === null ? 'By hand' : hours === 168 ? 'Weekly' : hours === 24 ? 'Daily' : hours === 1 ? 'Hourly' : `Every ${hours} hours`),
  feedChecked: (at: string | null) => (at ? `Checked ${at}` : 'Not checked yet'),
  feedRemove: (title: string) => `Stop following ${title}`,
  feedRemoved: (title: string) => `No longer following ${title}. Its articles stay.`,

  folders: 'Watched folders',
  foldersText: 'Documents that appear in a watched folder are clipped. The files themselves are never changed.',
  folderAdd: 'Watch a folder',
  folderClipped: (n: number) => `${count(n, 'document', 'documents')} clipped`,
  folderNone: 'No folder is watched.',
  folderRemove: (path: string) => `Stop watching ${path}`,
  folderRemoved: (path: string) => `No longer watching ${path}`,

  network: 'Network',
  leaves: 'What leaves this computer, and when',
  leavesList: [
    ['A page you clip by its address', 'is asked for from its own server, once, without cookies, and without saying where you come from.'],
    ['A feed', 'is asked for when you check it, or as often as you set.'],
    ['A link you open', 'is handed to your browser.'],
    ['Nothing else', 'No account, no cloud, no statistics, no updates. Reading a clip loads nothing: pages are shown from the library, without scripts.'],
  ] as [string, string][],
  proxy: 'Proxy',
  proxyHelp: 'Every fetch goes through it, or fails: Bilat never goes around it. For Tor choose SOCKS5 and 127.0.0.1:9050.',
  proxies: { none: 'None', http: 'HTTP', socks5: 'SOCKS5' } as Record<string, string>,
  proxyAddress: 'Proxy address',
  proxyHint: '127.0.0.1:9050',
  proxyBad: 'Write the address as host:port, such as 127.0.0.1:9050. Until then the proxy is as it was.',
  proxySaved: 'Every fetch goes through this proxy from now on',

  learned: 'Learned',
  rules: 'Outlet rules',
  rulesText: 'What you corrected in an article and kept for its outlet. A rule is used each time a page of that outlet is clipped.',
  ruleNone: 'No rule yet. In an article, press F on a paragraph that is no part of it.',
  ruleWhat: (rule: Rule): string => {
    switch (rule.type) {
      case 'furniture':
        return `Set aside “${rule.shape}”`;
      case 'keep':
        return `Keep “${rule.shape}”`;
      case 'title':
        return 'Take another line for the title';
      case 'title_part':
        return `Leave “${[rule.before, rule.after].filter(Boolean).join(' … ')}” out of the title`;
      case 'standfirst':
        return 'Take another line for the standfirst';
      case 'no_standfirst':
        return 'Has no standfirst';
      case 'outlet':
        return `The outlet is ${rule.name}`;
    }
  },
  ruleDelete: (what: string) => `Delete the rule ${what}`,
  ruleDeleted: 'Deleted the rule. Articles that were clipped with it stay as they are.',
};
