/**
 * A loose note while it is typed: in memory only. Nothing of it is asked before it is said that it may
 * be written down, and nothing of it is kept but sealed.
 */
import { dayOf, formatTime } from '../../../lib/dates';
import { ports } from '../../../lib/ports';
import type { LooseNote } from '../../../store/loose';

/** `resident`: the household said yes to noting; `self`: it is about no household. */
export type MayNote = 'resident' | 'self';

interface Typed {
  readonly may: MayNote | null;
  readonly door: string;
  readonly words: string;
  readonly callToday: boolean;
}

function minute(): string {
  const now = ports.clock.now();
  return `${dayOf(now)}T${formatTime(now)}`;
}

export class TypedNote {
  may: MayNote | null = $state(null);
  door = $state('');
  words = $state('');
  callToday = $state(false);
  /** "2026-02-03T14:30", as a field for a moment has it; now unless somebody chose another. */
  when = $state(minute());
  #now = this.when;

  /** Is there anything that would be gone? */
  get begun(): boolean {
    return this.door.trim() !== '' || this.words.trim() !== '';
  }

  get filled(): boolean {
    return this.may !== null && this.words.trim() !== '';
  }

  /** Begin anew; gives what takes that back. */
  empty(): () => void {
    const { may, door, words, callToday, when } = this;
    const now = this.#now;
    this.#take({ may: null, door: '', words: '', callToday: false });
    this.when = this.#now = minute();
    return () => {
      this.#take({ may, door, words, callToday });
      this.when = when;
      this.#now = now;
    };
  }

  #take({ may, door, words, callToday }: Typed): void {
    this.may = may;
    this.door = door;
    this.words = words;
    this.callToday = callToday;
  }

  /** What is sealed. */
  said(): LooseNote {
    const isNow = this.when === this.#now || this.when === '';
    return {
      door: this.may === 'resident' ? this.door.trim() : '',
      words: this.words.trim(),
      when: (isNow ? minute() : this.when).replace('T', ' '),
      // Never from what was typed: of a year of five digits nothing could be opened ever again.
      made_at: `${ports.clock.now().toISOString().slice(0, 19)}Z`,
      said_yes: this.may === 'resident',
      call_today: this.callToday,
    };
  }
}
