/**
 * The live line of the desk stands beside the pages, which come anew with every move; no phone loads
 * it. It stands before there is something to say: only then is that read out, and once.
 */
import { mount } from 'svelte';
import UrgentVoice from './UrgentVoice.svelte';

let stands = false;

/** Put it there, unless it stands. */
export function standVoice(): void {
  if (stands) return;
  stands = true;
  mount(UrgentVoice, { target: document.body });
}
