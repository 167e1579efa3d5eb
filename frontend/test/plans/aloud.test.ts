/** The phone reads the plan out: these words, in this language, by a voice that lives on it. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spokenLines } from '../../src/features/plans/phone/share-text';
import ShareAloud from '../../src/features/plans/phone/ShareAloud.svelte';
import { setLanguage } from '../../src/lib/i18n.svelte';
import { aftercare, HELPER, planOf } from './plan';

class Utterance extends EventTarget {
  voice: { lang: string } | null = null;
  lang = '';
  rate = 1;
  constructor(readonly text: string) {
    super();
  }
}

class Synthesis extends EventTarget {
  said: Utterance[] = [];
  constructor(private readonly voices: { lang: string; localService: boolean }[]) {
    super();
  }
  getVoices(): unknown[] {
    return this.voices;
  }
  speak(utterance: Utterance): void {
    this.said.push(utterance);
  }
  cancel(): void {
    this.said = [];
  }
}

const OWN = [
  { lang: 'nl-NL', localService: false },
  { lang: 'en-GB', localService: true },
  { lang: 'nl-BE', localService: true },
];

function phoneWith(voices: { lang: string; localService: boolean }[]): Synthesis {
  const synthesis = new Synthesis(voices);
  vi.stubGlobal('speechSynthesis', synthesis);
  render(ShareAloud, { plan: planOf(2), aftercare });
  return synthesis;
}

beforeEach(() => {
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance);
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await setLanguage('nl');
});

test('every line of the plan is said in Dutch, by a voice of the phone itself', async () => {
  const synthesis = phoneWith(OWN);
  await fireEvent.click(screen.getByRole('button', { name: 'Voorlezen' }));
  expect(synthesis.said.map(({ text }) => text)).toEqual(spokenLines(planOf(2), aftercare));
  expect(synthesis.said.map(({ text }) => text).join(' ')).toContain(`Dat doet ${HELPER}`);
  expect(synthesis.said.map(({ lang, voice }) => [lang, voice?.lang])).toEqual(
    synthesis.said.map(() => ['nl-BE', 'nl-BE']),
  );
});

test('in English it is said in English', async () => {
  await setLanguage('en');
  const synthesis = phoneWith(OWN);
  await fireEvent.click(screen.getByRole('button', { name: 'Read aloud' }));
  expect(synthesis.said.map(({ text }) => text)).toEqual(spokenLines(planOf(2), aftercare));
  expect(new Set(synthesis.said.map(({ lang }) => lang))).toEqual(new Set(['en-GB']));
});

test('it stops at once, and when the screen is left', async () => {
  const synthesis = phoneWith(OWN);
  await fireEvent.click(screen.getByRole('button', { name: 'Voorlezen' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Stoppen' }));
  expect(synthesis.said).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: 'Voorlezen' }));
  cleanup();
  expect(synthesis.said).toEqual([]);
});

test('after the last line it offers to read again', async () => {
  const synthesis = phoneWith(OWN);
  await fireEvent.click(screen.getByRole('button', { name: 'Voorlezen' }));
  synthesis.said.at(-1)?.dispatchEvent(new Event('end'));
  expect(await screen.findByRole('button', { name: 'Voorlezen' })).toBeTruthy();
});

test('a voice on somebody else’s computer never says what is in a plan', async () => {
  const synthesis = phoneWith([{ lang: 'nl-NL', localService: false }]);
  const button = screen.getByRole<HTMLButtonElement>('button', {
    name: 'Geen stem op deze telefoon',
  });
  expect(button.disabled).toBe(true);
  await fireEvent.click(button);
  expect(synthesis.said).toEqual([]);
});
