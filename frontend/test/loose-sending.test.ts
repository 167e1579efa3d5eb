/** A loose note arrives once, whoever opens the phone or gives it up. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ports } from '../src/lib/ports';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { beginAfterLapse, beginAnew } from '../src/session/anew';
import { emptyPhone } from '../src/session/emptying';
import { handOver, waitingBehind } from '../src/session/handing-over';
import { rescueFile } from '../src/session/rescuing';
import { watchLease } from '../src/session/leasing.svelte';
import { looseWaiting, sendLooseOf, tryLooseOf, writeLoose } from '../src/session/loose.svelte';
import { keepLease, leave, meet, openByWords, opening } from '../src/session/opening.svelte';
import { sayLoose } from '../src/session/writing-tabs';
import { dropLoose, keepLoose, looseLeft } from '../src/store/loose';
import { someLoose } from '../src/store/loose-mark';
import { startSync } from '../src/sync/start';
import { LoosePhone, NOTE, waits } from './loose-phone';
import { ME, must } from './phone';

vi.mock('../src/session/stretching', async () => import('./stretched'));

const HOUR = 3_600_000;

let made: LoosePhone;
let end: () => void;

beforeEach(async () => {
  made = await LoosePhone.make();
  end = (): void => undefined;
});

afterEach(() => {
  end();
  leave();
  vi.unstubAllGlobals();
});

describe('its way to the server', () => {
  it('is its own once there is a line, while the store is still shut', async () => {
    await made.writes();
    expect([looseWaiting(), someLoose()]).toEqual([1, true]);
    made.line = true;
    end = watchLease();
    await vi.waitFor(async () => {
      expect(await waits()).toBe(0);
    });
    expect(made.went).toEqual([['loose', 1]]);
    await vi.waitFor(() => {
      expect([looseWaiting(), someLoose()]).toEqual([0, false]);
    });
    expect(opening()).toBe('shut');
  });

  it('is taken again, under the same id, when the answer was lost', async () => {
    await made.writes();
    made.line = made.deaf = true;
    await sendLooseOf(ME);
    expect(await waits()).toBe(1);
    made.deaf = false;
    await sendLooseOf(ME);
    expect(await waits()).toBe(0);
    const [first, second] = made.sent.map(({ boxes }) => boxes);
    expect(second).toEqual(first);
    await sendLooseOf(ME);
    expect(made.sent).toHaveLength(2);
  });

  it('is not asked for again and again where the server says no', async () => {
    await made.writes();
    made.line = true;
    const real = ports.network.fetch;
    let asked = 0;
    ports.network.fetch = () => {
      asked += 1;
      return Promise.resolve(
        new Response('{"status":403,"code":"device-unknown"}', {
          status: 403,
          headers: { 'Content-Type': 'application/problem+json' },
        }),
      );
    };
    await sendLooseOf(ME);
    await sendLooseOf(ME);
    expect([asked, await waits()]).toEqual([1, 1]);
    (ports as SeededPorts).advance(10 * 60_000);
    await sendLooseOf(ME);
    expect([asked, await waits()]).toEqual([2, 1]);
    // A tap is not kept waiting.
    await tryLooseOf(ME);
    expect([asked, await waits()]).toEqual([3, 1]);
    (ports as SeededPorts).advance(10 * 60_000);
    ports.network.fetch = real;
  });

  it('goes with all else when the words are forgotten', async () => {
    await made.writes();
    expect(await beginAnew()).toEqual({ ok: false, error: 'unheard' });
    expect(await waitingBehind(ME)).toBe(1);
    made.line = true;
    await must(beginAnew());
    expect(made.went).toEqual([['forgotten', 1]]);
    expect([opening(), await waits()]).toEqual(['choose', 0]);
  });

  it('goes with a phone that lapsed, also when it was written after that', async () => {
    made.line = false;
    (ports as SeededPorts).advance(73 * HOUR);
    await keepLease();
    expect(opening()).toBe('lapsed');
    await made.writes();
    leave();
    await meet(ME);
    expect([opening(), await waits()]).toEqual(['lapsed', 1]);
    made.line = true;
    await must(beginAfterLapse());
    expect(made.went).toEqual([['lapsed', 1]]);
    expect(opening()).toBe('choose');
  });

  it('goes with one that is written meanwhile, and none is called sent while it lies here', async () => {
    await made.writes();
    made.line = true;
    const real = ports.network.fetch;
    ports.network.fetch = async (url, init) => {
      const answer = await real(url, init);
      if (made.sent.length > 1) return Promise.reject(new TypeError('line cut'));
      expect(await must(writeLoose(ME, NOTE))).toBe(true);
      return answer;
    };
    await sendLooseOf(ME);
    expect([await waits(), looseWaiting()]).toEqual([1, 1]);
    ports.network.fetch = real;
    await sendLooseOf(ME);
    expect([await waits(), looseWaiting()]).toEqual([0, 0]);
  });

  it('leaves its box for fourteen days, for a server that was put back to an older day', async () => {
    await made.writes();
    const [note] = (await must(looseLeft(ME))).notes;
    made.line = true;
    await sendLooseOf(ME);
    await must(openByWords(made.words));
    const boxes = async (): Promise<string[]> =>
      (await must(made.store.copyBoxes())).map(({ id }) => id);
    expect(await boxes()).toEqual([note?.id]);
    expect([await waits(), await must(made.store.loose())]).toEqual([0, []]);
    await must(made.store.contacted());
    expect(await boxes()).toEqual([note?.id]);
    (ports as SeededPorts).advance(15 * 24 * HOUR);
    await must(made.store.contacted());
    expect(await boxes()).toEqual([]);
  });

  it('tells the phone that it was reported lost, and all of it goes', async () => {
    await made.writes();
    made.line = made.lost = true;
    await sendLooseOf(ME);
    expect((await must(looseLeft(ME))).device).toBeNull();
  });

  it('goes harmlessly beside another tab that sends and drops it at the same moment', async () => {
    await made.writes();
    made.line = true;
    const { notes } = await must(looseLeft(ME));
    const ids = notes.map(({ id }) => id);
    const real = ports.network.fetch;
    ports.network.fetch = async (url, init) => {
      const answer = await real(url, init);
      await must(dropLoose(ME, ids));
      return answer;
    };
    await sendLooseOf(ME);
    ports.network.fetch = real;
    await must(dropLoose(ME, ids));
    expect([await waits(), looseWaiting()]).toEqual([0, 0]);
    await must(openByWords(made.words));
    expect([await must(made.store.spoilt()), await must(made.store.loose())]).toEqual([0, []]);
  });

  it('is its own as well when the words open the store after all', async () => {
    await made.writes();
    localStorage.removeItem('voordeur.loose');
    await must(openByWords(made.words));
    expect(await must(made.store.loose())).toHaveLength(1);
    made.line = true;
    end = startSync();
    await vi.waitFor(async () => {
      expect(await must(made.store.loose())).toEqual([]);
    });
    expect(made.went.filter(([, count]) => count > 0)).toEqual([['loose', 1]]);
  });

  it('is in the rescue file of who opens the store after all', async () => {
    await made.writes();
    await must(openByWords(made.words));
    const file = JSON.parse((await rescueFile(ME)) ?? '{}') as { boxes: { id: string }[] };
    const { notes } = await must(looseLeft(ME));
    expect(file.boxes.map(({ id }) => id)).toEqual(notes.map(({ id }) => id));
  });
});

/** Do this once, when the server has answered a hand-over. */
function onAnswer(act: () => unknown): void {
  const real = ports.network.fetch;
  ports.network.fetch = async (url, init) => {
    const answer = await real(url, init);
    if (!url.endsWith('/v1/sealed-boxes')) return answer;
    ports.network.fetch = real;
    await act();
    return answer;
  };
}

describe('while the phone is being given up', () => {
  it('what is begun then is not taken away under the hands', async () => {
    await made.writes();
    made.line = true;
    let done = (): void => undefined;
    onAnswer(() => (done = sayLoose(ME)));
    expect(await beginAnew()).toEqual({ ok: false, error: 'elsewhere' });
    expect([opening(), (await must(looseLeft(ME))).device]).toEqual(['shut', expect.anything()]);
    done();
    await must(beginAnew());
    expect(opening()).toBe('choose');
  });

  it('what another tab keeps after the last look goes to the server too', async () => {
    await made.writes();
    made.line = true;
    let kept = false;
    const query = async (): Promise<object> => {
      // Who asks whether anybody writes has had its last look at what waits.
      if (made.sent.length > 0 && !kept) {
        kept = true;
        await must(keepLoose(ME, NOTE));
      }
      return { held: [] };
    };
    vi.stubGlobal('navigator', { ...navigator, locks: { query } });
    await must(beginAnew());
    expect([kept, made.went]).toEqual([
      true,
      [
        ['forgotten', 1],
        ['forgotten', 1],
      ],
    ]);
    expect([opening(), await waits()]).toEqual(['choose', 0]);
  });

  it('one that was reported lost waits for nobody', async () => {
    await made.writes();
    made.line = true;
    const done = sayLoose(ME);
    await must(handOver(ME, 'revoked'));
    done();
    expect((await must(looseLeft(ME))).device).toBeNull();
  });
});

describe('while it is being written', () => {
  it('nothing is handed over and begun anew', async () => {
    made.line = false;
    (ports as SeededPorts).advance(73 * HOUR);
    await keepLease();
    const done = sayLoose(ME);
    made.line = true;
    expect(await beginAfterLapse()).toEqual({ ok: false, error: 'elsewhere' });
    expect(opening()).toBe('lapsed');
    done();
    await must(beginAfterLapse());
    expect(opening()).toBe('choose');
  });

  it('and as long as it waits, the phone is emptied only with its code', async () => {
    await made.writes();
    await must(openByWords(made.words));
    expect(await emptyPhone('')).toEqual({ ok: false, error: 'wrong' });
    expect(await waits()).toBe(1);
  });
});
