/** What a talk on this phone was held with stays at hand, whatever the server stopped giving. */
import { beforeEach, expect, test } from 'vitest';
import { openConversation } from '../src/features/conversations/acts';
import { ports } from '../src/lib/ports';
import { syncOnce } from '../src/sync/once';
import type { ConsentTextBody, Dossier, GuideBody } from '../src/store/dossiers';
import { must, newPhone, round, shownStop, type Phone } from './phone';

const { guide_id: GUIDE, consent_text_id: TEXT } = round.campaign;
const words = { key: 'k', version: '1', title: 't', content: {} };
const guide: Dossier = { id: GUIDE, kind: 'guide', version: 'g1', body: words as GuideBody };
const text: Dossier = {
  id: TEXT,
  kind: 'consent_text',
  version: 't1',
  body: words as unknown as ConsentTextBody,
};

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
  phone.server.dossiers.set(GUIDE, guide).set(TEXT, text);
  await must(syncOnce(phone.store));
});

const held = async (): Promise<string[]> => Object.keys(await must(phone.store.holdings()));

test('a guide that nothing names any more goes', async () => {
  phone.server.dossiers.delete(GUIDE);
  await must(syncOnce(phone.store));
  expect(await held()).not.toContain(GUIDE);
});

test('one that a talk names stays, also when the talk began while the answer was under way', async () => {
  phone.server.dossiers.delete(GUIDE);
  phone.server.dossiers.delete(TEXT);
  const asked = phone.server.fetch;
  let begun = false;
  ports.network.fetch = async (url, init) => {
    const answer = await asked(url, init);
    if (!begun) await must(openConversation(shownStop, round, true));
    begun = true;
    return answer;
  };
  // The talk reaches the server after this; then it is the server that names both.
  phone.server.onEffect = ({ kind }) => {
    if (kind === 'conversation.open') phone.server.dossiers.set(GUIDE, guide).set(TEXT, text);
  };
  const seen: string[][] = [];
  const stop = phone.store.observe(
    (reader) => reader.holdings(),
    (result) => {
      if (result.ok) seen.push(Object.keys(result.value));
    },
  );
  await must(syncOnce(phone.store));
  await must(syncOnce(phone.store));
  stop();
  expect(phone.server.effects.map(({ kind }) => kind)).toContain('conversation.open');
  for (const ids of [...seen, await held()])
    expect(ids).toEqual(expect.arrayContaining([GUIDE, TEXT]));
});
