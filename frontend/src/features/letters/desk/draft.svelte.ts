/**
 * A letter that somebody is writing, per campaign: going elsewhere and coming back loses no word. In
 * memory only, as long as this tab lives and the same person works in it.
 */
import { currentAccount } from '../../../session/session.svelte';
import type { Letter, LetterBody } from './requests';

export const DUTCH = 'nl';

/** One language of the letter. */
export interface Part {
  readonly code: string;
  text: string;
}

export class LetterDraft {
  word = $state('');
  days: number | null = $state(null);
  parts: Part[] = $state([]);
  /** What was read from the server; what differs from it is not saved yet. */
  private from: Letter;
  /** What stood in a language when it was taken out, should it come back. */
  private readonly dropped = new Map<string, string>();

  constructor(letter: Letter) {
    this.from = $state.raw(letter);
    this.follow(letter);
  }

  /** Say what the server says: it was saved, or somebody wants to see that instead. */
  follow(letter: Letter): void {
    this.from = letter;
    this.word = letter.recognition_word;
    this.days = letter.waiting_days;
    this.parts = inOrder(letter.texts);
  }

  /** This was sent and is kept; what was typed meanwhile stays. */
  saved(letter: Letter, sent: LetterBody): void {
    if (JSON.stringify(this.body) === JSON.stringify(sent)) this.follow(letter);
    else this.from = letter;
  }

  /** Somebody else saved meanwhile, was looked at, and this is to stand all the same. */
  keepOver(letter: Letter): void {
    this.from = letter;
  }

  /** As the server wants it. */
  get body(): LetterBody {
    return {
      recognition_word: this.word,
      waiting_days: this.days,
      texts: Object.fromEntries(this.parts.map(({ code, text }) => [code, text])),
      seen_at: this.from.saved_at,
    };
  }

  /** Something was typed that the server does not have. */
  get isUnsaved(): boolean {
    const { recognition_word: word, waiting_days: days, texts } = this.body;
    if (word !== this.from.recognition_word || days !== this.from.waiting_days) return true;
    return JSON.stringify(inOrder(texts)) !== JSON.stringify(inOrder(this.from.texts));
  }

  /** Another language beside the others: as it was when it was taken out, or with the ready text. */
  add(code: string): void {
    const { texts, ready_texts: ready } = this.from;
    const text = this.dropped.get(code) ?? texts[code] ?? ready[code] ?? '';
    this.parts = inOrder({ ...this.body.texts, [code]: text });
  }

  /** Take a language out; its words come back when it is added again. */
  drop(code: string): void {
    for (const part of this.parts) if (part.code === code) this.dropped.set(code, part.text);
    this.parts = this.parts.filter((part) => part.code !== code);
  }

  /** Somebody else saved since this was read. */
  isBehind(letter: Letter): boolean {
    return (letter.saved_at ?? '') > (this.from.saved_at ?? '');
  }
}

function inOrder(texts: Readonly<Record<string, string>>): Part[] {
  const parts = Object.entries(texts).map(([code, text]) => ({ code, text }));
  const rank = (code: string): string => (code === DUTCH ? '' : code);
  return parts.sort((a, b) => rank(a.code).localeCompare(rank(b.code)));
}

const kept = new Map<string, LetterDraft>();
let owner: string | null = null;

/** The draft for this campaign: what was begun before, or the letter as it was just read. */
export function draftOf(campaignId: string, letter: Letter): LetterDraft {
  const account = currentAccount()?.id ?? null;
  if (account !== owner) kept.clear();
  owner = account;
  const found = kept.get(campaignId);
  if (found?.isUnsaved === true) return found;
  const fresh = new LetterDraft(letter);
  kept.set(campaignId, fresh);
  return fresh;
}
