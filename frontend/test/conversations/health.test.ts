/** The card about health as a volunteer meets it: a yes of its own, kept as evidence either way. */
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import content from '../../../outreach/guides/content/consent-2026.1.json';
import guide from '../../../outreach/guides/content/guide-2026.1.json';
import { openConversation, recordConsent } from '../../src/features/conversations/acts';
import DomainCard from '../../src/features/conversations/phone/DomainCard.svelte';
import type { ConsentTextContent, Dossier, GuideContent } from '../../src/store/dossiers';
import { syncOnce } from '../../src/sync/once';
import {
  household,
  must,
  newPhone,
  round,
  shownStop,
  STOP,
  talk,
  waitingIn,
  type Phone,
} from '../phone';

const texts: Dossier[] = [
  {
    id: round.campaign.guide_id,
    kind: 'guide',
    version: 'g',
    body: { key: 'gids', version: '1', title: '', content: guide as unknown as GuideContent },
  },
  {
    id: round.campaign.consent_text_id,
    kind: 'consent_text',
    version: 'c',
    body: { key: 'toestemming', version: '1', content: content as unknown as ConsentTextContent },
  },
];
const YES = { name: 'Ja, dit mag u ook opschrijven' };
const NO = { name: 'Nee, liever niet over mijn gezondheid' };

configure({ asyncUtilTimeout: 4000 });

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
  await syncOnce(phone.store);
  await must(phone.store.change(() => texts.map((dossier) => ({ do: 'keep', dossier }))));
  await must(openConversation(shownStop, round, true));
  const note = { purpose: 'note', given: true, consentTextId: 'text', language: 'nl' } as const;
  await must(recordConsent(talk, note).saved);
  render(DomainCard, { stopId: STOP, domain: 'health_and_care' });
});
afterEach(cleanup);

async function answered(): Promise<unknown[]> {
  return (await waitingIn(phone.store)).flatMap(({ mutation }) =>
    mutation.kind === 'consent.record' && mutation.body.purpose === 'health'
      ? [[mutation.body.given, mutation.body.consent_text_id, mutation.body.language]]
      : [],
  );
}

it('opens after a yes, which is kept with its text and language', async () => {
  await screen.findByRole('button', YES);
  expect(screen.queryByRole('radiogroup')).toBeNull();
  expect(screen.queryByLabelText('In eigen woorden')).toBeNull();
  expect(screen.getByRole('button', { name: 'Adviezen lezen' })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', YES));
  await screen.findByLabelText('In eigen woorden');
  expect(await answered()).toEqual([[true, round.campaign.consent_text_id, 'nl']]);
});

it('keeps a no too, says to talk on, and asks again when wanted', async () => {
  await fireEvent.click(await screen.findByRole('button', NO));
  await screen.findByText('Praat gewoon verder. Over gezondheid wordt niets opgeschreven.');
  expect(screen.queryByLabelText('In eigen woorden')).toBeNull();
  expect(await answered()).toEqual([[false, round.campaign.consent_text_id, 'nl']]);
  await fireEvent.click(screen.getByRole('button', { name: 'Toch vragen' }));
  await fireEvent.click(screen.getByRole('button', YES));
  await screen.findByLabelText('In eigen woorden');
  expect(
    (await household(phone.store)).consents.map(({ purpose, given }) => [purpose, given]),
  ).toEqual([
    ['health', true],
    ['note', true],
  ]);
});
