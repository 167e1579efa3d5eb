/** Every text that somebody writes is a mark of its own, so that it can be found anywhere. */

const MARK = /merk-\d+/g;

export function marksIn(value: unknown): string[] {
  return JSON.stringify(value).match(MARK) ?? [];
}
