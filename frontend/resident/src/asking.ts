/**
 * What the page asks of the server: three questions by POST, the code in the body, no cookie along.
 * An answer counts only if it is ours: a hotspot's page of its own is no connection.
 */
import { ports } from '../../src/lib/ports';
import { addressOf } from '../../src/lib/prefix';

/** The code as the link has it, or as somebody types it. */
export type Code =
  { readonly code: string } | { readonly short: string; readonly house_number: number };

export interface Letter {
  readonly municipality: string;
  readonly district: string;
  readonly campaign: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly phone: string;
}

export type DayPart = 'morning' | 'afternoon' | 'evening';
export type Reason = 'no_time' | 'no_need' | 'has_help' | 'somebody_else' | 'not_saying';

export interface Choice {
  readonly choice: 'another_time' | 'rather_not' | 'welcome';
  readonly day_parts?: readonly DayPart[];
  readonly first_day?: string;
  readonly last_day?: string;
  readonly reason?: Reason | '';
}

export interface Call {
  readonly phone: string;
  readonly language: string;
}

/** The version of `resident.call.consent`: whoever agrees, agrees to exactly that text. */
export const CONSENT_VERSION = '1';
/** Seconds, where the server does not say. */
const WAIT = 60;
const PATIENCE = 20_000;

export type Trouble =
  | { readonly kind: 'wrong' | 'ended' | 'offline' | 'failed' }
  /** Seconds until the next try. */
  | { readonly kind: 'tries'; readonly seconds: number }
  /** Pointers of the fields that do not fit. */
  | { readonly kind: 'input'; readonly fields: readonly string[] };
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly trouble: Trouble };

const trouble = (said: Trouble): { ok: false; trouble: Trouble } => ({ ok: false, trouble: said });

interface Problem {
  readonly code: string;
  readonly errors: readonly { readonly pointer: string }[];
}

function isProblem(said: unknown): said is Problem {
  return typeof said === 'object' && said !== null && 'code' in said && 'errors' in said;
}

function isLetter(said: unknown): said is Letter {
  return typeof said === 'object' && said !== null && 'municipality' in said && 'ends_on' in said;
}

async function troubleOf(response: Response): Promise<Trouble> {
  const said: unknown = await response.json().catch(() => null);
  if (!isProblem(said)) return { kind: response.status >= 500 ? 'failed' : 'offline' };
  switch (said.code) {
    case 'letter-code-unknown':
      return { kind: 'wrong' };
    case 'letter-code-ended':
      return { kind: 'ended' };
    case 'too-many-tries':
      return { kind: 'tries', seconds: Number(response.headers.get('Retry-After')) || WAIT };
    case 'invalid-input':
      return {
        kind: 'input',
        fields: said.errors.map(({ pointer }) => pointer.split('/')[1] ?? ''),
      };
    default:
      return { kind: 'failed' };
  }
}

async function ask(what: string, body: object): Promise<Answer<Response>> {
  const sent: RequestInit = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(PATIENCE),
  };
  try {
    const response = await ports.network.fetch(addressOf(`/v1/letter-codes/${what}`), sent);
    return response.ok ? { ok: true, value: response } : trouble(await troubleOf(response));
  } catch {
    return trouble({ kind: 'offline' });
  }
}

/** What the letter behind a code is about. */
export async function readLetter(code: Code): Promise<Answer<Letter>> {
  const answer = await ask('lookup', code);
  if (!answer.ok) return answer;
  const said: unknown = await answer.value.json().catch(() => null);
  return isLetter(said) ? { ok: true, value: said } : trouble({ kind: 'offline' });
}

async function pass(what: string, body: object): Promise<Answer<null>> {
  const answer = await ask(what, body);
  if (!answer.ok) return answer;
  return answer.value.status === 204 ? { ok: true, value: null } : trouble({ kind: 'offline' });
}

/** Choose something; the last choice counts. */
export function passChoice(code: Code, choice: Choice): Promise<Answer<null>> {
  return pass('choice', { ...code, ...choice });
}

/** Ask to be called, with the yes to the text that was shown. */
export function passCall(code: Code, call: Call): Promise<Answer<null>> {
  return pass('call', { ...code, ...call, consent: true, consent_version: CONSENT_VERSION });
}
