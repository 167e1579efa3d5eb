/** Small work on text that several screens share. */

/** Lower case without accents: "Één" finds "een". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** "8881 SA" for "8881SA": the server keeps postcodes without their space. */
export function postcodeWords(text: string): string {
  return text.replaceAll(/\b(\d{4})([a-z]{2})\b/gi, '$1 $2');
}

const collator = new Intl.Collator('nl', { numeric: true, sensitivity: 'base' });

/** Order as Dutch readers expect: accents ignored, "2" before "10". */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}
