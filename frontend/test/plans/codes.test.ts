/** The codes as a household's own phone reads them: what is drawn, turned into dots and decoded. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import decode from 'jsqr';
import { afterEach, expect, test } from 'vitest';
import { takeAlongText } from '../../src/features/plans/phone/share-text';
import ShareQr from '../../src/features/plans/phone/ShareQr.svelte';
import { aftercare, HELPER, planOf } from './plan';

const DOTS = 4;
const encoder = new TextEncoder();

afterEach(cleanup);

/** One drawn code in black and white, some dots a module. */
function dotsOf(drawing: Element): { dots: Uint8ClampedArray; width: number } {
  const size = Number(drawing.getAttribute('viewBox')?.split(' ')[2]);
  const width = size * DOTS;
  const dots = new Uint8ClampedArray(width * width * 4).fill(255);
  const path = drawing.querySelector('path')?.getAttribute('d') ?? '';
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = Number(y) * DOTS; row < (Number(y) + 1) * DOTS; row += 1) {
      const first = (row * width + Number(x) * DOTS) * 4;
      for (let dot = first; dot < first + DOTS * 4; dot += 1) if (dot % 4 !== 3) dots[dot] = 0;
    }
  }
  return { dots, width };
}

function read(drawing: Element): { text: string; bytes: number } {
  const { dots, width } = dotsOf(drawing);
  const found = decode(dots, width, width);
  if (found === null) throw new Error('a camera cannot read this code');
  return { text: found.data, bytes: found.binaryData.length };
}

/** Every code of the sheet, one after the other, as somebody holds a camera before it. */
async function readAll(): Promise<{ text: string; bytes: number }[]> {
  const codes = [read(screen.getByRole('img'))];
  for (;;) {
    const next = screen.queryByRole<HTMLButtonElement>('button', { name: 'Volgende' });
    if (next === null || next.disabled) return codes;
    await fireEvent.click(next);
    codes.push(read(screen.getByRole('img')));
  }
}

test('a short plan is one code, that says the plan word for word', async () => {
  render(ShareQr, { plan: planOf(1), aftercare, open: true });
  const codes = await readAll();
  expect(codes.map(({ text }) => text)).toEqual([takeAlongText(planOf(1), aftercare)]);
  expect(codes[0]?.text).toContain('rust in huis 🏡, één dag');
  expect(codes[0]?.text).toContain('dinsdag 3 maart 2026, middag');
});

test('a long plan is numbered codes of at most 1,200 bytes, that together say it whole', async () => {
  render(ShareQr, { plan: planOf(20), aftercare, open: true });
  const codes = await readAll();
  const count = codes.length;
  expect(count).toBeGreaterThan(2);
  codes.forEach(({ text, bytes }, index) => {
    expect(text.split('\n')[0]).toBe(`${String(index + 1)}/${String(count)}`);
    expect(bytes).toBe(encoder.encode(text).length);
    expect(bytes).toBeLessThanOrEqual(1200);
  });
  const whole = codes.map(({ text }) => text.slice(text.indexOf('\n') + 1)).join('');
  expect(whole).toBe(takeAlongText(planOf(20), aftercare));
});

test('no code holds the name of who helps, which the plan does hold', async () => {
  render(ShareQr, { plan: planOf(20), aftercare, open: true });
  expect(JSON.stringify(planOf(20))).toContain(HELPER);
  for (const { text } of await readAll()) {
    for (const name of HELPER.split(' ')) expect(text).not.toContain(` ${name}`);
  }
});
