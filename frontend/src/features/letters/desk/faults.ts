/** What is wrong with one text, all of it: each fault names its line, so they read as a list. */
import type { Fault } from '../../access/desk/faults';

export function faultsIn(faults: readonly Fault[], field: string): string | undefined {
  const found = faults.filter((fault) => fault.field === field).map(({ message }) => message);
  return found.length === 0 ? undefined : found.join(' ');
}
