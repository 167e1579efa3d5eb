/** Whether somebody is at a table with a household: then the app waits longer, and with everything. */
import { currentPath } from '../lib/router.svelte';

/** Is a talk, a plan or a hand-over on screen? */
export function inTalk(): boolean {
  return /^\/(talk|plan|handover)\//.test(currentPath());
}
