/** What can go wrong between here and the server, as one shape that screens can show. */

export interface InputProblem {
  /** JSON pointer into what was sent, e.g. "/ends_on". */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * `problem`: the server says what is wrong (RFC 9457); `offline`: no answer came; `not-ours`: an
 * answer came, but not from us (a captive portal, a proxy, half a body). `status` is 0 without an
 * answer; `code` is the server's, or the kind.
 */
export interface Problem {
  readonly kind: 'problem' | 'offline' | 'not-ours';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly InputProblem[];
}

/** No answer came. */
export const offline: Problem = {
  kind: 'offline',
  status: 0,
  code: 'offline',
  title: '',
  detail: '',
  errors: [],
};

/** Something answered, but it was not our server. */
export function notOurs(status: number): Problem {
  return { ...offline, kind: 'not-ours', status, code: 'not-ours' };
}

/**
 * It may go well next time: nobody of ours answered, our server cannot just now, or what we said did
 * not arrive whole.
 */
export function isLineAtFault({ kind, status, code }: Problem): boolean {
  return kind !== 'problem' || status >= 500 || code === 'not-whole';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readErrors(value: unknown): InputProblem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map(({ pointer, code, detail }) => ({
    pointer: text(pointer),
    code: text(code),
    detail: text(detail),
  }));
}

/** Read problem details; without our stable `code` it did not come from us. */
export function readProblem(status: number, value: unknown): Problem {
  if (!isRecord(value) || typeof value['code'] !== 'string') return notOurs(status);
  return {
    kind: 'problem',
    status,
    code: value['code'],
    title: text(value['title']),
    detail: text(value['detail']),
    errors: readErrors(value['errors']),
  };
}
