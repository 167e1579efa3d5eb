/** Files of the app itself that are no code; the worker keeps them, so they come without signal too. */
import { ports } from '../lib/ports';
import { err, ok, type Result } from '../lib/result';
import { notOurs, offline, type Problem } from './problem';

/** The text of a built file. A page of a captive portal is not one. */
export async function ownText(url: string): Promise<Result<string, Problem>> {
  try {
    const answer = await ports.network.fetch(url, { redirect: 'error' });
    const type = answer.headers.get('Content-Type') ?? '';
    if (!answer.ok || !type.startsWith('text/plain')) return err(notOurs(answer.status));
    return ok(await answer.text());
  } catch {
    return err(offline);
  }
}
