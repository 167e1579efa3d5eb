/** Where on the phone somebody is at work with a household, by the path of the screen. */

/** At a table: a talk, its plan, its hand-over. The phone lies there longer than in a pocket. */
export function isAtTable(path: string): boolean {
  return /^\/(talk|plan|handover)\//.test(path);
}

/** Where somebody writes down what would be lost with the screen. */
export function isWriting(path: string): boolean {
  return isAtTable(path) || /^\/(debrief\/|aftercare\/|vouchers\/|worry|incident)/.test(path);
}

function aboutOf(path: string): string {
  return path.split('/')[2] ?? '';
}

/** Is this still the work that was begun there? A hand-over bears the id of the household. */
export function goesOn(begun: string, path: string): boolean {
  if (!isWriting(begun) || !isWriting(path)) return false;
  const hands = [begun, path].some((one) => one.startsWith('/handover/'));
  return hands || aboutOf(begun) === aboutOf(path);
}
