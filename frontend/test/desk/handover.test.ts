/** What a coach reads first of a hand-over: the badge, the clock, and why it presses. */
import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import Dossier from '../../src/features/handover/desk/Dossier.svelte';
import { EVERYTHING } from '../../src/features/handover/desk/filter';
import type { Dossier as Shared } from '../../src/features/handover/desk/requests';
import WaitingList from '../../src/features/handover/desk/WaitingList.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';

const threatened: Shared = {
  id: 'h1',
  urgency: 'ordinary',
  crisis: true,
  state: 'offered',
  received_at: '2026-02-05T13:00:00Z',
  team_id: 't',
  address: { street: 'Wilgenhof', number: '12' },
  debt_help_asked_on: '2026-02-05',
  first_talk_by: '2026-02-10',
  first_talk_left: 2,
  coach: null,
  why: 'De huur is niet betaald.',
  company_wanted: null,
  called_at: null,
  called_name: null,
  contact: null,
  consent: null,
  domains: [],
  plan: null,
  events: [],
  author: 'Samira',
  guide_id: null,
};

beforeAll(() => loadStrings('nl'));
afterEach(cleanup);

describe('an ordinary hand-over whose household asked for debt help in a crisis', () => {
  test('is a crisis in the list, with the clock of three working days', () => {
    render(WaitingList, {
      lines: [threatened],
      filter: EVERYTHING,
      current: null,
      onfilter: () => undefined,
    });
    const line = screen.getByRole('link');
    expect(line.textContent).toContain('Crisis');
    expect(line.textContent).toContain('nog 2 werkdagen (uiterlijk di 10 feb)');
    expect(screen.getByText('1 crisis wacht op iemand.')).toBeTruthy();
  });

  test('says in the dossier what threatens and by when', () => {
    render(Dossier, { shared: threatened, titles: new Map() });
    const dossier = screen.getByRole('article').textContent;
    expect(dossier).toContain('er dreigt iets op korte termijn');
    expect(dossier).toContain('uiterlijk di 10 feb');
    expect(dossier).not.toContain('gebeld');
  });
});
