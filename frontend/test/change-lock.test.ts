/** *Ander slot kiezen* as a volunteer meets it, on the phone's real store. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ChangeLock from '../src/features/access/phone/ChangeLock.svelte';
import { actsFor, mayProve } from '../src/features/access/phone/lock-acts';
import { ports } from '../src/lib/ports';
import {
  beginOnline,
  leave,
  meet,
  openByPasskey,
  openByWords,
  shut,
} from '../src/session/opening.svelte';
import { proveByWords, usePasskey, useWords } from '../src/session/relocking';
import { addReader } from './passkeys';
import { ME, must, newPhone } from './phone';
import { begun, wordList } from './words';

// Stretching is dear on purpose, and no part of what is looked at here.
vi.mock('../src/session/stretching', async () => import('./stretched'));

beforeEach(async () => {
  localStorage.clear();
  await newPhone();
  leave();
  ports.network.fetch = wordList;
  addReader({ prf: true });
});

afterEach(() => {
  cleanup();
  leave();
  vi.unstubAllGlobals();
});

function title(): string {
  return screen.getByRole('heading', { level: 1 }).textContent;
}

async function press(name: string): Promise<void> {
  await fireEvent.click(await screen.findByRole('button', { name }));
}

async function type(label: string, words: readonly string[]): Promise<void> {
  await fireEvent.input(await screen.findByLabelText(label), {
    target: { value: words.join(' ') },
  });
}

async function typeOld(words: readonly string[], go = 'Verder'): Promise<void> {
  await type('Je vier woorden', words);
  await press(go);
}

describe('new words', () => {
  it('are drawn once the old ones were typed, and are the only ones from then on', async () => {
    const old = await begun();
    render(ChangeLock);
    await press('Nieuwe woorden kiezen');
    await typeOld(old);
    const list = await screen.findByRole('list', { name: 'Jouw vier woorden' });
    const words = [...list.querySelectorAll('li')].map((one) => one.textContent);
    expect(words).toHaveLength(4);
    await press('Ik heb ze opgeschreven');
    await type('Typ je vier woorden een keer over', words);
    await press('Deze woorden gebruiken');
    await screen.findByText('Je nieuwe woorden werken. De oude openen niets meer.');
    expect(title()).toBe('Ander slot kiezen');
    shut();
    expect((await openByWords(old)).ok).toBe(false);
    await must(openByWords(words));
  });

  it('are not drawn for wrong ones, and nothing changes for who stops', async () => {
    const old = await begun();
    render(ChangeLock);
    await press('Nieuwe woorden kiezen');
    await typeOld([...old].reverse());
    await screen.findByText(/^Dit zijn niet jouw vier woorden/);
    await typeOld(old);
    await screen.findByRole('list', { name: 'Jouw vier woorden' });
    await press('Niets veranderen');
    expect(title()).toBe('Ander slot kiezen');
    expect(await useWords(['een', 'twee', 'drie', 'vier'])).toEqual({ ok: false, error: 'wrong' });
    shut();
    await must(openByWords(old));
  });

  it('are asked for again by who left the screen', async () => {
    const old = await begun();
    const { unmount } = render(ChangeLock);
    await press('Nieuwe woorden kiezen');
    await typeOld(old);
    await screen.findByRole('list', { name: 'Jouw vier woorden' });
    unmount();
    expect(await useWords(['een', 'twee', 'drie', 'vier'])).toEqual({ ok: false, error: 'wrong' });
  });
});

describe('a second lock', () => {
  it('comes beside the words; then one of both can be taken away, and the last cannot', async () => {
    const words = await begun();
    render(ChangeLock);
    await screen.findByText(/^Dit is je enige slot/);
    expect(screen.queryByRole('button', { name: /weghalen$/ })).toBeNull();
    await press('Vinger, gezicht of code erbij');
    await typeOld(words);
    await press('Nu instellen');
    await screen.findByText(/^Je kunt de app nu ook openen met je vinger/);
    shut();
    await must(openByPasskey());

    await press('Vier woorden weghalen');
    expect(screen.queryByLabelText('Je vier woorden')).toBeNull();
    await press('Openen met vinger, gezicht of code');
    await screen.findByText('Je vier woorden zijn weg. Ze openen niets meer.');
    expect(screen.queryByRole('button', { name: /weghalen$/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Vier woorden erbij' })).toBeTruthy();
    shut();
    expect((await openByWords(words)).ok).toBe(false);
    await must(openByPasskey());
  });

  it('may be the one that goes, once the words were typed', async () => {
    const words = await begun();
    await must(proveByWords(words));
    await must(usePasskey());
    render(ChangeLock);
    await press('Vinger, gezicht of code weghalen');
    expect(screen.queryByRole('button', { name: /^Openen met vinger/ })).toBeNull();
    await typeOld(words, 'Weghalen');
    await screen.findByText(/^Je vinger, gezicht of code opent de app niet meer/);
    shut();
    expect((await openByPasskey()).ok).toBe(false);
  });

  it('is not offered any more where the passkeys turn out to give no secret', async () => {
    addReader({ prf: false });
    const words = await begun();
    render(ChangeLock);
    await press('Vinger, gezicht of code erbij');
    await typeOld(words);
    await press('Nu instellen');
    await screen.findByText(/Er is niets veranderd. Je vier woorden werken nog.$/);
    expect(screen.queryByRole('button', { name: 'Vinger, gezicht of code erbij' })).toBeNull();
  });
});

it('says that there is no lock where nothing is kept', async () => {
  await meet(ME);
  await must(beginOnline());
  render(ChangeLock);
  await screen.findByText(/^Hier wordt niets bewaard/);
  expect(screen.queryByRole('list', { name: 'Zo open je de app nu' })).toBeNull();
  expect(screen.queryByRole('button', { name: /woorden/i })).toBeNull();
});

it('offers what can be done, and asks for the lock that stays', () => {
  expect(actsFor(['passphrase'], false)).toEqual(['new_words']);
  expect(actsFor(['passphrase'], true)).toEqual(['new_words', 'add_passkey']);
  expect(actsFor(['passkey'], true)).toEqual(['add_words']);
  const both = ['passphrase', 'passkey'] as const;
  expect(actsFor(both, true)).toEqual(['new_words', 'take_words', 'take_passkey']);
  expect(mayProve('new_words', both)).toEqual(both);
  expect(mayProve('take_words', both)).toEqual(['passkey']);
  expect(mayProve('take_passkey', both)).toEqual(['passphrase']);
});
