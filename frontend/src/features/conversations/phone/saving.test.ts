import { describe, expect, test } from 'vitest';
import { err, ok } from '../../../lib/result';
import type { Saved } from '../../../sync/record';
import { Saving, Typing } from './saving.svelte';

interface Held {
  text: string;
  finish: (saved: Saved) => void;
}

/** An editor whose disk answers when the test says so. */
function slowEditor(): {
  writes: Held[];
  released: number;
  editor: ConstructorParameters<typeof Typing>[0];
} {
  const held = {
    writes: [] as Held[],
    released: 0,
    editor: {
      write: (text: string) =>
        new Promise<Saved>((finish) => {
          held.writes.push({ text, finish });
        }),
      release: () => {
        held.released += 1;
        return Promise.resolve(ok(undefined));
      },
    },
  };
  return held;
}

const turn = (): Promise<void> =>
  new Promise((done) =>
    queueMicrotask(() => {
      queueMicrotask(done);
    }),
  );

describe('typing', () => {
  test('says saved only after the newest words are on disk', async () => {
    const saving = new Saving();
    const disk = slowEditor();
    const typing = new Typing(disk.editor, saving);
    typing.type('p');
    typing.type('po');
    typing.type('post');
    expect(saving.state.is).toBe('saving');
    disk.writes[0]!.finish(ok(undefined));
    for (let step = 0; step < 5; step += 1) await turn();
    expect(disk.writes.map(({ text }) => text)).toEqual(['p', 'post']);
    expect(saving.state.is).toBe('saving');
    disk.writes[1]!.finish(ok(undefined));
    for (let step = 0; step < 5; step += 1) await turn();
    expect(saving.state.is).toBe('saved');
  });

  test('keeps the words on screen and says so when the disk refuses', async () => {
    const saving = new Saving();
    const disk = slowEditor();
    const typing = new Typing(disk.editor, saving);
    typing.type('post');
    disk.writes[0]!.finish(err({ kind: 'quota' }));
    for (let step = 0; step < 5; step += 1) await turn();
    expect(saving.state).toEqual({ is: 'problem', problem: { kind: 'quota' } });
    expect(typing.text).toBe('post');
  });

  test('lets the words travel only after the last was written', async () => {
    const disk = slowEditor();
    const typing = new Typing(disk.editor, new Saving());
    typing.type('post');
    const left = typing.leave();
    await turn();
    expect(disk.released).toBe(0);
    disk.writes[0]!.finish(ok(undefined));
    await left;
    expect(disk.released).toBe(1);
  });
});
