/** Small work on text that several screens share. */

/** Lower case without accents: "Één" finds "een". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

const collator = new Intl.Collator('nl', { numeric: true, sensitivity: 'base' });

/** Order as Dutch readers expect: accents ignored, "2" before "10". */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}
