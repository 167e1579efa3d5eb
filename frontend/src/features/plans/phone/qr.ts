/**
 * A plan to take along: its text in QR codes of at most 1,200 bytes, made on the phone. Byte mode,
 * UTF-8; longer plans are numbered "1/3". Names are left out by whoever makes the text.
 */
import { encode } from 'uqr';

export const MOST_BYTES = 1200;
const QUIET_ZONE = 4;

const encoder = new TextEncoder();

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

// Each keeps its own end. No lookbehind: iPhones before iOS 16.4 cannot parse that.
const LINES = /[^\n]*\n|[^\n]+/g;
const WORDS = /[^ ]* |[^ ]+/g;

/** What people see as one character: an emoji of several code points stays one. */
function characters(text: string): string[] {
  return Array.from(new Intl.Segmenter('nl').segment(text), ({ segment }) => segment);
}

/** Whole lines where they fit, else words, else characters: a letter or emoji is never cut. */
function pieces(text: string, most: number): string[] {
  const smaller = (split: (part: string) => string[]) => (part: string) =>
    byteLength(part) <= most ? [part] : split(part);
  return (text.match(LINES) ?? [])
    .flatMap(smaller((line) => line.match(WORDS) ?? []))
    .flatMap(smaller(characters));
}

function packed(text: string, most: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const piece of pieces(text, most)) {
    if (part !== '' && byteLength(part + piece) > most) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  return part === '' ? parts : [...parts, part];
}

const header = (number: number, count: number): string => `${String(number)}/${String(count)}\n`;

/** The text for each code: one where it fits, else numbered parts, none over `most` bytes. */
export function partsFor(text: string, most: number = MOST_BYTES): string[] {
  if (byteLength(text) <= most) return [text];
  let count = 1;
  let parts = packed(text, most);
  // A longer number takes a byte more, which may ask for one part more.
  while (parts.length > count) {
    count = parts.length;
    parts = packed(text, most - byteLength(header(count, count)));
  }
  return parts.map((part, index) => header(index + 1, parts.length) + part);
}

export interface Code {
  /** Width and height in modules, the white edge included. */
  readonly size: number;
  /** The dark modules as the `d` of one SVG path, one unit a module. */
  readonly path: string;
}

/** One code for a text of at most 1,200 bytes. */
export function codeFor(text: string): Code {
  const { data, size } = encode([...encoder.encode(text)], { ecc: 'L', border: QUIET_ZONE });
  const dark = data.flatMap((row, y) =>
    row.flatMap((on, x) => (on ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])),
  );
  return { size, path: dark.join('') };
}
