/**
 * Which addresses a link from outside may ask for, judged by their letters alone.
 *
 * Whoever fetches looks the name up and checks every address it stands for, at every hop; this is so that a link
 * which cannot be meant well is refused by name, before anybody is asked anything. `URL` has already turned every
 * spelling of an address (octal, hexadecimal, one number) into the usual one.
 */
import { t } from '../texts';

/** An address, or why it is not fetched. */
export type Verdict = { url: URL } | { refused: string };

/** The text as a web address; null when it is none or carries a password. */
export function webAddress(text: string): URL | null {
  const url = parsed(text.trim());
  return url && isWeb(url) && !url.username && !url.password ? url : null;
}

/** Judges an address that a person did not type. */
export function judge(text: string): Verdict {
  const url = parsed(text);
  if (!url) return { refused: t.refusals.noAddress };
  if (!isWeb(url)) return { refused: t.refusals.notWeb(url.protocol) };
  if (url.username || url.password) return { refused: t.refusals.password };
  if (isPrivate(url.hostname)) return { refused: t.refusals.private(url.hostname) };
  return { url };
}

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isWeb({ protocol, hostname }: URL): boolean {
  return (protocol === 'http:' || protocol === 'https:') && hostname !== '';
}

/** Names that are looked up nowhere but here: RFC 6761, RFC 6762, RFC 8375, and `internal` as ICANN reserved it. */
const NEAR = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|test|onion)$/;

/** First octets, how many bits of them count: IANA's special-purpose registry, and multicast. */
const RESERVED: [string, number][] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3],
];

/** Whether a host, as `URL` writes it, is on this computer, in a private network, or reserved. */
export function isPrivate(host: string): boolean {
  const name = host.replace(/\.$/, '').toLowerCase();
  if (name.startsWith('[')) return !isGlobal6(name.slice(1, -1));
  if (/^\d+(\.\d+){3}$/.test(name)) {
    const value = bits(name);
    return RESERVED.some(([from, length]) => value >>> (32 - length) === bits(from) >>> (32 - length));
  }
  // A name without a dot is looked up in the network one happens to be in.
  return !name.includes('.') || NEAR.test(name);
}

const bits = (address: string) => address.split('.').reduce((sum, octet) => (sum << 8) | Number(octet), 0) >>> 0;

/** 2000::/3 is all that is given out; Teredo, 6to4 and documentation in it lead elsewhere or nowhere. */
function isGlobal6(address: string): boolean {
  const groups = address.split(':');
  const first = parseInt(groups[0] || '0', 16);
  const second = parseInt(groups[1] || '0', 16);
  if (first >> 13 !== 1) return false;
  return !(first === 0x2002 || (first === 0x2001 && (second < 0x200 || second === 0xdb8)) || (first === 0x3fff && second < 0x1000));
}
