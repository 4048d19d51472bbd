/** Dates as people read them, from EDTF as far as it goes; never all figures. */

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

interface Point {
  year: number;
  month?: number;
  day?: number;
  about: boolean;
  uncertain: boolean;
}

function point(text: string): Point | null {
  const parts = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)$/.exec(text);
  if (!parts) return null;
  const [, year, month, day, sign] = parts;
  return {
    year: Number(year),
    ...(month && { month: Number(month) }),
    ...(day && { day: Number(day) }),
    about: sign === '~' || sign === '%',
    uncertain: sign === '?' || sign === '%',
  };
}

function words(text: string, month: (name: string) => string, weekday = false): string {
  const [from = '', to] = text.split('/');
  if (to !== undefined) {
    if (to === '..' || to === '') return `since ${words(from, month)}`;
    if (from === '..' || from === '') return `until ${words(to, month)}`;
    return `${words(from, month)} – ${words(to, month)}`;
  }
  const at = point(text);
  if (!at) return text;
  const name = at.month ? month(MONTHS[at.month - 1] ?? '') : null;
  const day = weekday && at.day ? `${DAYS[new Date(Date.UTC(at.year, at.month! - 1, at.day)).getUTCDay()]} ` : '';
  const date = [at.day, name, at.year].filter((part) => part !== undefined && part !== null).join(' ');
  return `${at.about ? 'about ' : ''}${day}${date}${at.uncertain ? '?' : ''}`;
}

const short = (name: string) => name.slice(0, 3);

/** `20 Jan 2023`. */
export const shortDate = (edtf: string) => words(edtf, short);
/** `20 January 2023`. */
export const longDate = (edtf: string) => words(edtf, (name) => name);
/** `Fri 20 Jan 2023`. */
export const dayDate = (edtf: string) => words(edtf, short, true);

/** `20 Jan`, for a list whose headings say month and year. */
export function rowDate(edtf: string): string {
  const at = point(edtf);
  return at?.day ? `${at.day} ${short(MONTHS[at.month! - 1] ?? '')}` : shortDate(edtf);
}

/** `January 2023`, or `2023` where the month is not known. */
export function monthOf(edtf: string | undefined): string | null {
  const at = edtf ? point(edtf.split('/')[0] ?? '') : null;
  return at ? (at.month ? `${MONTHS[at.month - 1]} ${at.year}` : String(at.year)) : null;
}

/** An instant in UTC as a day on this computer: `22 Jan 2023, 14:32`. */
export function momentOf(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getDate()} ${short(MONTHS[at.getMonth()]!)} ${at.getFullYear()}, ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The EDTF day an instant falls on here. */
export function dayOf(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

/**
 * What a person typed as a date, in EDTF: `20 Jan 2023`, `January 2023`, `2023`, `2023-01-20`. Null when it is none.
 */
export function toEdtf(typed: string): string | null {
  const text = typed.trim();
  if (/^-?\d{4}(-\d\d){0,2}[?~%]?(\/(\.\.|-?\d{4}(-\d\d){0,2}[?~%]?))?$/.test(text)) return text;
  const parts = /^(?:(\d{1,2})\.? )?(\p{L}{3,})\.?,? (\d{4})$/u.exec(text) ?? null;
  const swapped = /^(\p{L}{3,})\.? (\d{1,2}),? (\d{4})$/u.exec(text);
  const [day, name, year] = swapped ? [swapped[2], swapped[1], swapped[3]] : parts ? [parts[1], parts[2], parts[3]] : [];
  const month = name ? MONTHS.findIndex((known) => known.toLowerCase().startsWith(name.toLowerCase())) + 1 : 0;
  if (!month || !year) return null;
  const two = (number: number) => String(number).padStart(2, '0');
  if (!day) return `${year}-${two(month)}`;
  const date = new Date(Date.UTC(Number(year), month - 1, Number(day)));
  return date.getUTCDate() === Number(day) ? `${year}-${two(month)}-${two(Number(day))}` : null;
}
