/** Lists come in pages of a hundred; a desk list is read to its end. */
import { get, type ApiPath, type Problem } from '../../../api/client';
import { err, ok, type Result } from '../../../lib/result';

export interface Page<T> {
  readonly items: readonly T[];
  /** The key of the next page, '' at the end. */
  readonly next: string;
}

/** Enough for any list a person still reads; what is longer is searched instead. */
const MOST_PAGES = 50;

/** Every item of a list, page after page. `path` may hold a query already. */
export async function everyPage<T>(path: ApiPath): Promise<Result<T[], Problem>> {
  const items: T[] = [];
  let after = '';
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const joint = path.includes('?') ? '&' : '?';
    const key = after === '' ? '' : `${joint}after=${encodeURIComponent(after)}`;
    const page = await get<Page<T>>(`${path}${key}`);
    if (!page.ok) return err(page.error);
    items.push(...page.value.items);
    after = page.value.next;
    if (after === '') break;
  }
  return ok(items);
}

type Values<R> = { [K in keyof R]: R[K] extends Result<infer T, Problem> ? T : never };

/** All of these, or the first problem among them. */
export function together<R extends readonly Result<unknown, Problem>[]>(
  ...results: R
): Result<Values<R>, Problem> {
  const failed = results.find((result) => !result.ok);
  if (failed && !failed.ok) return failed;
  const values = results.map((result) => (result.ok ? result.value : null));
  return ok(values as Values<R>);
}
