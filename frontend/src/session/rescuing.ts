/** No line for days: what waits in one sealed file. For a rare day, so no part of the first load. */
import type { SealedBoxes } from '../api/boxes';
import type { Id } from '../store/dossiers';
import { behind, freezeWaiting, inParts, isSigner, signedBoxes } from './handing-over';

/**
 * All that waits, and loose notes and half-filled forms too, in one sealed file as JSON: signed as a
 * whole, or in parts that are each signed where it is much. Null when there is nothing to save.
 */
export async function rescueFile(user: Id): Promise<string | null> {
  await freezeWaiting(user);
  const found = await behind(user);
  if (!found.ok) return null;
  const { device, boxes, forms, loose } = found.value;
  const all = [...boxes, ...forms, ...loose];
  if (!isSigner(device) || all.length === 0) return null;
  const parts: SealedBoxes[] = [];
  for (const part of inParts(all)) {
    parts.push(await signedBoxes(device, 'rescue', part));
  }
  return JSON.stringify(parts.length > 1 ? { parts } : parts[0]);
}
