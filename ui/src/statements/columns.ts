/** The columns of the register: what each shows, how wide it is, and what may be changed in it. */
import type { Statement, StatementField, StatementSort } from '../host/schema';
import { shortDate, signed, t } from '../texts';

export type ColumnName =
  | 'said_on' | 'speaker' | 'text' | 'issue' | 'stance' | 'role' | 'country' | 'about' | 'organisation' | 'mode' | 'venue' | 'addressee' | 'translation' | 'translator' | 'translation_status' | 'rating' | 'outlet';

export interface Column {
  name: ColumnName;
  /** In px. */
  width: number;
  /** What it sorts by. */
  sort?: StatementSort;
  /** What is changed in it; nothing where it cannot be. */
  field?: StatementField;
  /** How it is changed. */
  editor?: 'text' | 'date' | 'side' | 'issue' | 'stance' | 'mode' | 'status' | 'long';
}

export const COLUMNS: Column[] = [
  { name: 'said_on', width: 104, sort: 'said_on', field: 'said_on', editor: 'date' },
  { name: 'speaker', width: 150, sort: 'speaker', field: 'speaker', editor: 'text' },
  { name: 'text', width: 380 },
  { name: 'issue', width: 140, sort: 'issue', field: 'issue', editor: 'issue' },
  { name: 'stance', width: 84, sort: 'stance', field: 'stance', editor: 'stance' },
  { name: 'rating', width: 66, sort: 'grade' },
  { name: 'role', width: 150, field: 'role', editor: 'text' },
  { name: 'country', width: 110, sort: 'country', field: 'country', editor: 'side' },
  { name: 'about', width: 110, field: 'about', editor: 'side' },
  { name: 'mode', width: 110, field: 'mode', editor: 'mode' },
  { name: 'outlet', width: 160, sort: 'outlet' },
  { name: 'organisation', width: 150, field: 'organisation', editor: 'text' },
  { name: 'venue', width: 130, field: 'venue', editor: 'text' },
  { name: 'addressee', width: 130, field: 'addressee', editor: 'text' },
  { name: 'translation', width: 300, field: 'translation', editor: 'long' },
  { name: 'translator', width: 130, field: 'translator', editor: 'text' },
  { name: 'translation_status', width: 100, field: 'translation_status', editor: 'status' },
];

/** What a cell reads. Sides are named by `side`. */
export function cellText(row: Statement, column: ColumnName, side: (code: string) => string): string {
  switch (column) {
    case 'said_on':
      return row.said_on ? shortDate(row.said_on) : '';
    case 'country':
    case 'about':
      return row[column] ? side(row[column]) : '';
    case 'stance':
      return row.stance === null ? '' : signed(row.stance);
    case 'mode':
      return t.form.modes[row.mode] ?? row.mode;
    case 'translation_status':
      return row.translation_status ? t.statements.statuses[row.translation_status] : '';
    case 'rating':
      return `${row.reliability}${row.credibility}`;
    default:
      return row[column] ?? '';
  }
}

/** What a field holds, as the library takes it. */
export function fieldValue(row: Statement, field: StatementField): string | null {
  const value = row[field];
  return value === null ? null : String(value);
}
