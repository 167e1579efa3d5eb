/** A rescue file of a phone: its parts go in one after the other, and one that is refused stops none. */
import { isLineAtFault, type Problem } from '../../../api/problem';
import { sendRescuePart } from './requests';

/** More than any phone holds: a browser must not read what is no rescue file at all. */
export const LARGEST_FILE = 64 * 1024 * 1024;

/** What came of a file; `refused` and `unsent` are numbers of parts, from one. */
export interface RescuedFile {
  readonly author: string;
  readonly count: number;
  readonly parts: number;
  readonly refused: readonly { readonly part: number; readonly problem: Problem }[];
  readonly unsent: readonly number[];
}

/** The texts of the parts; a file that is not made of parts is one, whatever it is. */
export function partsOf(text: string): string[] {
  try {
    const said = JSON.parse(text) as { readonly parts?: unknown } | null;
    const parts = said?.parts;
    if (Array.isArray(parts) && parts.length > 0) return parts.map((one) => JSON.stringify(one));
  } catch {
    // The server says what is wrong with it.
  }
  return [text];
}

/** Hand in each part; without a line, or a server that cannot, the rest is left for another time. */
export async function rescueAll(
  parts: readonly string[],
  name: string,
  onpart: (done: number) => void,
): Promise<RescuedFile> {
  const refused: { part: number; problem: Problem }[] = [];
  let author = '';
  let count = 0;
  for (const [at, text] of parts.entries()) {
    onpart(at);
    const answer = await sendRescuePart(new File([text], name, { type: 'application/json' }));
    if (answer.ok) {
      author = answer.value.author;
      count += answer.value.ids.length;
      continue;
    }
    refused.push({ part: at + 1, problem: answer.error });
    if (isLineAtFault(answer.error)) {
      const unsent = parts.map((_, index) => index + 1).slice(at + 1);
      return { author, count, parts: parts.length, refused, unsent };
    }
  }
  return { author, count, parts: parts.length, refused, unsent: [] };
}
