/** What the resident's page makes of what somebody types, and of what the server answers. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { passCall, readLetter } from '../resident/src/asking';
import { codeOf, faultsOf, isCode, nothingTyped, type Typed } from '../resident/src/checking';
import { page } from '../resident/src/page.svelte';
import { firstSpoken, setLanguage, t } from '../resident/src/words.svelte';
import { ports } from '../src/lib/ports';

const LETTER = {
  municipality: 'Wilgendam',
  district: 'De Wilgen',
  campaign: 'Voorjaar',
  starts_on: '2026-02-01',
  ends_on: '2026-03-01',
  phone: '',
};
const TODAY = '2026-02-03';
const typed = (changes: Partial<Typed>): Typed => ({ ...nothingTyped(), ...changes });

let asked: { url: string; init: RequestInit | undefined }[] = [];

function serve(...answers: (Response | 'no line')[]): void {
  asked = [];
  ports.network.fetch = (url, init) => {
    asked.push({ url, init });
    const next = answers.shift() ?? 'no line';
    return next === 'no line' ? Promise.reject(new TypeError('no line')) : Promise.resolve(next);
  };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });
const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  json(status, { code, errors: [] }, headers);

beforeEach(() => {
  setLanguage('nl');
  ports.clock.now = () => new Date('2026-02-03T12:00:00Z');
});

describe('the form', () => {
  it.each([
    ['12', 12],
    [' 12A ', 12],
    ['12-2', 12],
    ['7 hs', 7],
  ])('takes house number %j as %i', (houseNumber, number) => {
    const code = codeOf(typed({ short: ' abcd-efgh ', houseNumber }));
    expect(code).toEqual({ short: 'abcd-efgh', house_number: number });
    expect(isCode(code)).toBe(true);
  });

  it('says what is missing, both at once', () => {
    const said = codeOf(nothingTyped());
    expect(isCode(said)).toBe(false);
    expect(Object.keys(said).sort()).toEqual(['house_number', 'short']);
  });

  it('never asks the server for what it knows to be wrong', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (short, houseNumber) => {
        const said = codeOf(typed({ short, houseNumber }));
        expect(isCode(said)).toBe(short.trim() !== '' && /^\s*\d/.test(houseNumber));
      }),
    );
  });
});

describe('a choice', () => {
  const another = { wanted: 'another_time', parts: ['evening'] } as const;
  it.each([
    [{}, { wanted: 'resident.choose.missing' }],
    [{ wanted: 'another_time' }, { day_parts: 'resident.parts.missing' }],
    [{ ...another, lastDay: '2026-02-02' }, { last_day: 'resident.days.past' }],
    [{ ...another, firstDay: '2026-03-02' }, { first_day: 'resident.days.after' }],
    [
      { ...another, firstDay: '2026-02-09', lastDay: '2026-02-08' },
      { last_day: 'resident.days.order' },
    ],
    [{ ...another, firstDay: TODAY, lastDay: TODAY }, {}],
    [{ wanted: 'rather_not' }, {}],
    [{ wanted: 'welcome' }, {}],
  ])('of %j has faults %j', (changes, faults) => {
    expect(faultsOf(typed(changes as Partial<Typed>), TODAY, LETTER.ends_on)).toEqual(faults);
  });

  it.each(['06-12345678', '06 12 34 56 78', '(036) 555.0100', '+49 1512 3456789'])(
    'takes %j as a telephone number',
    (phone) => {
      const said = typed({ wanted: 'call', phone, consent: true });
      expect(faultsOf(said, TODAY, LETTER.ends_on)).toEqual({});
    },
  );

  it.each(['', '123456782', '061234567', 'bel mij'])('does not take %j', (phone) => {
    const said = typed({ wanted: 'call', phone });
    expect(Object.keys(faultsOf(said, TODAY, LETTER.ends_on))).toEqual(['phone', 'consent']);
  });
});

describe('asking', () => {
  it('sends the code in the body, by POST, and no cookie', async () => {
    serve(json(200, LETTER));
    expect(await readLetter({ code: 'GEHEIM' })).toEqual({ ok: true, value: LETTER });
    const [{ url, init } = { url: '', init: undefined }] = asked;
    expect(url).toBe('/v1/letter-codes/lookup');
    expect([init?.method, init?.credentials, init?.body]).toEqual([
      'POST',
      'omit',
      '{"code":"GEHEIM"}',
    ]);
  });

  it.each([
    [problem(404, 'letter-code-unknown'), { kind: 'wrong' }],
    [problem(410, 'letter-code-ended'), { kind: 'ended' }],
    [problem(429, 'too-many-tries', { 'Retry-After': '8' }), { kind: 'tries', seconds: 8 }],
    [problem(500, 'unexpected'), { kind: 'failed' }],
    [json(200, { hotspot: 'Betaal eerst' }), { kind: 'offline' }],
    [new Response('<html>', { status: 200 }), { kind: 'offline' }],
    [new Response('<html>', { status: 502 }), { kind: 'failed' }],
    ['no line', { kind: 'offline' }],
  ] as const)('understands answer %#', async (answer, trouble) => {
    serve(answer);
    expect(await readLetter({ code: 'A' })).toEqual({ ok: false, trouble });
  });

  it('is passed on only when the server says so', async () => {
    serve(new Response('<html>', { status: 200 }), new Response(null, { status: 204 }));
    const call = { phone: '0612345678', language: 'nl' };
    expect((await passCall({ code: 'A' }, call)).ok).toBe(false);
    expect((await passCall({ code: 'A' }, call)).ok).toBe(true);
  });
});

describe('the page', () => {
  async function opened(): Promise<void> {
    serve(json(200, LETTER));
    page.start('GEHEIM');
    await expect.poll(() => page.shown).toBe('letter');
  }

  it('keeps what was typed when it did not arrive, and nothing once it did', async () => {
    await opened();
    page.typed.wanted = 'rather_not';
    page.typed.reason = 'no_time';
    serve('no line', new Response(null, { status: 204 }));
    await page.send();
    expect([page.shown, page.told?.kind, page.typed.reason]).toEqual([
      'letter',
      'offline',
      'no_time',
    ]);
    await page.send();
    expect([page.shown, page.done]).toEqual(['done', 'rather_not']);
    expect(page.typed).toEqual(nothingTyped());
    page.chooseAgain();
    expect([page.shown, page.done, page.typed.wanted]).toEqual(['letter', null, null]);
  });

  it('shows the form again when the code was renewed meanwhile', async () => {
    await opened();
    page.typed.wanted = 'welcome';
    serve(problem(404, 'letter-code-unknown'));
    await page.send();
    expect([page.shown, page.told?.kind]).toEqual(['form', 'wrong']);
  });

  it('says that the campaign is over, wherever one is', async () => {
    await opened();
    page.typed.wanted = 'welcome';
    serve(problem(410, 'letter-code-ended'));
    await page.send();
    expect(page.shown).toBe('ended');
  });

  it('says when to try again, a minute later rather than too early', async () => {
    serve(problem(429, 'too-many-tries', { 'Retry-After': '8' }));
    page.start('GEHEIM');
    await expect.poll(() => page.shown).toBe('stuck');
    expect(page.told?.at?.toISOString()).toBe('2026-02-03T12:01:07.000Z');
    serve(json(200, LETTER));
    page.retry();
    await expect.poll(() => page.shown).toBe('letter');
  });
});

describe('the language', () => {
  it.each([
    [['tr-TR', 'nl'], 'tr'],
    [['zh', 'pl-PL'], 'pl'],
    [['zh'], 'nl'],
    [[], 'nl'],
    [['constructor', 'AR'], 'ar'],
  ])('for a browser of %j is %s', (tags, language) => {
    expect(firstSpoken(tags)).toBe(language);
  });

  it('turns the page around for Arabic and back', () => {
    setLanguage('ar');
    expect([document.documentElement.dir, document.title]).toEqual(['rtl', t('resident.title')]);
    setLanguage('pl');
    expect(document.documentElement.dir).toBe('ltr');
  });
});
