/**
 * One form's way to the server: busy, refused or sent. What was typed stays with the form; here is
 * only what is wrong with it: faults found on the spot, or those in the server's problem.
 */
import type { Problem } from '../../../api/client';
import { t } from '../../../lib/i18n.svelte';
import type { Result } from '../../../lib/result';
import { faultsOf, isAbout, messageOf, type Fault } from './faults';

/** A line of the error summary; `field` is the id of the field to jump to. */
export interface SummaryLine {
  readonly field?: string | undefined;
  readonly message: string;
}

export class Submission {
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  faults: readonly Fault[] = $state.raw([]);

  /**
   * `form` makes the ids of fields unique on the page; `labels` says per field how it is called on
   * screen, so that the summary reads "Naam: vul dit in".
   */
  constructor(
    private readonly form: string,
    private readonly labels: () => Readonly<Record<string, string>> = () => ({}),
  ) {}

  /** The id of a field's control. */
  id(field: string): string {
    return `${this.form}-${field.replaceAll('/', '-')}`;
  }

  /** What is wrong with this field, in words. */
  error(field: string): string | undefined {
    return this.faults.find((fault) => isAbout(fault, field))?.message;
  }

  /** What is wrong with the field as a whole, not with one of its parts. */
  own(field: string): string | undefined {
    return this.faults.find((fault) => fault.field === field)?.message;
  }

  /** All that is wrong, for the summary above the form. */
  get summary(): SummaryLine[] {
    const labels = Object.entries(this.labels());
    const lines = this.faults.map((fault) => {
      const found =
        labels.find(([field]) => isAbout(fault, field)) ??
        // A fault of the whole pair leads to the first of the two.
        labels.find(([field]) => field.startsWith(`${fault.field}/`));
      if (found === undefined) return { message: fault.message };
      return { field: this.id(found[0]), message: `${found[1]}: ${fault.message}` };
    });
    if (lines.length > 0 || this.problem === null) return withoutDoubles(lines);
    return [{ message: messageOf(this.problem) }];
  }

  /** What stands above the summary when it is no field's fault; else the summary counts itself. */
  get title(): string | undefined {
    if (this.faults.length > 0 || this.problem === null) return undefined;
    return this.problem.title === '' ? t('common.failed.title') : this.problem.title;
  }

  /** Give up on what was said before, such as when the form is closed. */
  clear(): void {
    this.problem = null;
    this.faults = [];
  }

  /** A row of a list was taken out: its faults go with it, those below move up. */
  dropRow(list: string, place: number): void {
    const rowOf = ({ field }: Fault): number => {
      const [first, row] = field.split('/');
      return first === list && row !== undefined ? Number(row) : -1;
    };
    this.faults = this.faults
      .filter((fault) => rowOf(fault) !== place)
      .map((fault) => {
        const row = rowOf(fault);
        if (row < place) return fault;
        const [, , ...rest] = fault.field.split('/');
        return { ...fault, field: [list, String(row - 1), ...rest].join('/') };
      });
    if (this.faults.length === 0) this.problem = null;
  }

  /** Say what misses; true when nothing does. `values` are the needed fields. */
  complete(values: Readonly<Record<string, unknown>>): boolean {
    this.clear();
    this.faults = Object.entries(values)
      .filter(([, value]) => isMissing(value))
      .map(([field]) => ({ field, message: t('errors.input.missing') }));
    return this.faults.length === 0;
  }

  /** Do it, once at a time; the value when it went well, else null and the faults are set. */
  async run<T>(act: () => Promise<Result<T, Problem>>): Promise<{ value: T } | null> {
    if (this.busy) return null;
    this.busy = true;
    this.clear();
    const result = await act();
    this.busy = false;
    if (result.ok) return { value: result.value };
    this.problem = result.error;
    this.faults = faultsOf(result.error);
    return null;
  }
}

/** A hundred unknown streets are one thing to read. */
function withoutDoubles(lines: readonly SummaryLine[]): SummaryLine[] {
  return [...new Map(lines.map((line) => [`${line.field ?? ''} ${line.message}`, line])).values()];
}

function isMissing(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
