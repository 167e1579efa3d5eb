/**
 * What the page shows and what was typed. All of it is gone when the page is: nothing is kept on the
 * device, and nothing that was chosen before is ever shown.
 */
import { ports } from '../../src/lib/ports';
import {
  passCall,
  passChoice,
  readLetter,
  type Answer,
  type Code,
  type Letter,
  type Trouble,
} from './asking';
import {
  codeOf,
  faultsOf,
  isCode,
  nothingTyped,
  type Faults,
  type FieldName,
  type Wanted,
} from './checking';
import { language, type Key } from './words.svelte';

export type Shown = 'form' | 'loading' | 'stuck' | 'letter' | 'done' | 'ended';

/** Trouble that a person reads about; faults in fields stand beside the fields. */
export interface Told {
  readonly kind: Exclude<Trouble['kind'], 'input' | 'ended'>;
  /** When to try again. */
  readonly at: Date | null;
}

const BESIDE: Partial<Record<string, [FieldName, Key]>> = {
  phone: ['phone', 'resident.call.phone.wrong'],
  day_parts: ['day_parts', 'resident.parts.missing'],
  first_day: ['first_day', 'resident.days.after'],
  last_day: ['last_day', 'resident.days.order'],
  short: ['short', 'resident.code.missing'],
  house_number: ['house_number', 'resident.code.number.missing'],
};

/** Today where the doors are, such as "2026-02-03". */
function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(
    ports.clock.now(),
  );
}

class Page {
  shown: Shown = $state('form');
  letter: Letter | null = $state.raw(null);
  typed = $state(nothingTyped());
  faults: Faults = $state.raw({});
  told: Told | null = $state.raw(null);
  busy = $state(false);
  done: Wanted | null = $state(null);
  #code: Code | null = null;

  /** Begin with a link's code, or with the form where there is none. */
  start(code: string): void {
    this.typed = nothingTyped();
    this.letter = this.told = this.#code = null;
    this.faults = {};
    this.shown = 'form';
    if (code !== '') void this.#open({ code });
  }

  /** Try the code of the link once more. */
  retry(): void {
    if (this.#code !== null) void this.#open(this.#code);
  }

  /** Look up what was typed in the form. */
  async openTyped(): Promise<void> {
    const said = codeOf(this.typed);
    if (!isCode(said)) {
      this.faults = said;
      return;
    }
    await this.#open(said);
  }

  async #open(code: Code): Promise<void> {
    const fromLink = 'code' in code;
    this.#code = code;
    if (fromLink) this.shown = 'loading';
    const answer = await this.#ask(() => readLetter(code));
    if (answer.ok) {
      this.letter = answer.value;
      this.shown = 'letter';
    } else if (fromLink && this.shown === 'loading') {
      this.shown = 'stuck';
    }
  }

  async #ask<Value>(question: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
    this.busy = true;
    this.told = null;
    this.faults = {};
    const answer = await question();
    this.busy = false;
    if (!answer.ok) this.#tell(answer.trouble);
    return answer;
  }

  #tell(trouble: Trouble): void {
    switch (trouble.kind) {
      case 'ended':
        this.shown = 'ended';
        break;
      case 'input':
        this.faults = Object.fromEntries(
          trouble.fields.flatMap((name) => (BESIDE[name] ? [BESIDE[name]] : [])),
        );
        if (Object.keys(this.faults).length === 0) this.told = { kind: 'failed', at: null };
        break;
      case 'wrong':
        this.shown = 'form';
        this.told = { kind: 'wrong', at: null };
        break;
      case 'tries':
        this.told = {
          kind: 'tries',
          at: new Date(ports.clock.now().getTime() + (trouble.seconds + 59) * 1000),
        };
        break;
      case 'offline':
      case 'failed':
        this.told = { kind: trouble.kind, at: null };
    }
  }

  /** Pass on what was chosen. */
  async send(): Promise<void> {
    const { typed, letter } = this;
    const code = this.#code;
    if (this.busy || letter === null || code === null) return;
    this.faults = faultsOf(typed, today(), letter.ends_on);
    const wanted = typed.wanted;
    if (wanted === null || Object.keys(this.faults).length > 0) return;
    const answer = await this.#ask(() => this.#pass(code, wanted));
    if (!answer.ok) return;
    this.done = wanted;
    this.typed = nothingTyped();
    this.shown = 'done';
  }

  #pass(code: Code, wanted: Wanted): Promise<Answer<null>> {
    const { parts, firstDay, lastDay, reason, phone } = this.typed;
    switch (wanted) {
      case 'call':
        return passCall(code, { phone, language: language() });
      case 'another_time':
        return passChoice(code, {
          choice: wanted,
          day_parts: [...parts],
          first_day: firstDay,
          last_day: lastDay,
        });
      case 'rather_not':
        return passChoice(code, { choice: wanted, reason });
      case 'welcome':
        return passChoice(code, { choice: wanted });
    }
  }

  /** Choose something else, from an empty form: what was chosen is not shown again. */
  chooseAgain(): void {
    this.done = this.told = null;
    this.shown = 'letter';
  }

  /** Type the code of another letter. */
  otherCode(): void {
    this.start('');
  }
}

export const page = new Page();
export { today };
