/** No tab reloads while somebody talks; a browser without locks knows of its own tab only. */
import { afterEach, expect, it, vi } from 'vitest';
import { holdTalk, whenNobodyTalks } from '../../src/lib/talk-lock';

afterEach(() => {
  holdTalk(false);
  vi.unstubAllGlobals();
});

async function acts(): Promise<boolean> {
  let acted = false;
  const said = await whenNobodyTalks(() => {
    acted = true;
    return Promise.resolve();
  });
  expect(said).toBe(acted);
  return acted;
}

it('acts before and after a talk, and never during one', async () => {
  expect(await acts()).toBe(true);
  holdTalk(true);
  holdTalk(true);
  expect(await acts()).toBe(false);
  holdTalk(false);
  expect(await acts()).toBe(true);
});

it('asks the browser for the lock alone, and a talk shares it', async () => {
  const asked: LockOptions[] = [];
  vi.stubGlobal('navigator', {
    locks: {
      request: (_name: string, options: LockOptions, run: (lock: object | null) => unknown) => {
        asked.push(options);
        return run(options.ifAvailable === true ? null : {});
      },
    },
  });
  holdTalk(true);
  expect(await acts()).toBe(false);
  expect(asked).toEqual([{ mode: 'shared' }, { ifAvailable: true }]);
});
