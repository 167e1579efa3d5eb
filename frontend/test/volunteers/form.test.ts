/** The form of a volunteer on screen: a refused one keeps what was typed, beside every fault. */
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Problem } from '../../src/api/problem';
import { findStreets } from '../../src/features/territory/desk/requests';
import { saveProfile, type Profile } from '../../src/features/volunteers/desk/requests';
import VolunteerForm from '../../src/features/volunteers/desk/VolunteerForm.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { err, ok } from '../../src/lib/result';

vi.mock('../../src/features/volunteers/desk/requests', () => ({ saveProfile: vi.fn() }));
vi.mock('../../src/features/territory/desk/requests', () => ({ findStreets: vi.fn() }));
const save = vi.mocked(saveProfile);

const profile: Profile = {
  id: 'v',
  name: 'Anna de Wit',
  first_name: 'Anna',
  role: 'volunteer',
  clearance: 'none',
  cleared_until: null,
  mentor: false,
  starts_with_mentor: true,
  languages: [],
  day_parts: [{ weekday: 1, day_part: 'evening' }],
  absences: [],
  certificate_seen: false,
  certificate_date: null,
  certificate_expires_on: null,
  experienced: false,
  streets: [],
  addresses: [],
  left_doors: 0,
};
const refused: Problem = {
  kind: 'problem',
  status: 400,
  code: 'invalid-input',
  title: '',
  detail: '',
  errors: [
    { pointer: '/certificate_expires_on', code: 'missing', detail: 'Vul dit in.' },
    { pointer: '/absences/0/last_day', code: 'before-start', detail: 'Te vroeg.' },
    { pointer: '/addresses/0/number', code: 'unknown-address', detail: 'Onbekend adres.' },
  ],
};

beforeAll(() => loadStrings('nl'));
beforeEach(() => {
  vi.mocked(findStreets).mockResolvedValue(ok({ items: [], next: '' }));
  render(VolunteerForm, { profile, codes: ['tr', 'ar'], onsaved: () => undefined });
});
afterEach(() => {
  cleanup();
  save.mockReset();
});

const field = (name: string): HTMLInputElement => screen.getByLabelText(name);
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('the form of a volunteer', () => {
  test('ticks a day part that is named by its day and its part', async () => {
    const monday = screen.getByRole('checkbox', { name: 'maandag avond' });
    expect((monday as HTMLInputElement).checked).toBe(true);
    await fireEvent.click(monday);
    await fireEvent.click(screen.getByRole('checkbox', { name: 'zondag ochtend' }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'zondag middag' }));
    expect(screen.getByText('2 dagdelen per week')).toBeTruthy();
    save.mockResolvedValueOnce(ok(profile));
    await press('Opslaan');
    expect(save.mock.calls[0]?.[1].day_parts).toEqual([
      { weekday: 7, day_part: 'morning' },
      { weekday: 7, day_part: 'afternoon' },
    ]);
  });

  test('keeps what was typed while it was being saved', async () => {
    let give: (kept: Awaited<ReturnType<typeof saveProfile>>) => void = () => undefined;
    save.mockReturnValueOnce(new Promise((resolve) => (give = resolve)));
    await fireEvent.click(field('Ik heb de VOG gezien'));
    await press('Opslaan');
    await fireEvent.input(field('Datum op de VOG'), { target: { value: '2025-05-01' } });
    give(ok(profile));
    await vi.waitFor(() => {
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Opslaan' }).ariaBusy).not.toBe(
        'true',
      );
    });
    expect(field('Datum op de VOG').value).toBe('2025-05-01');
    expect(screen.queryByText('Opgeslagen')).toBeNull();
  });

  test('asks before the page closes while something was typed that is not saved', async () => {
    const closes = (): boolean =>
      window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(closes()).toBe(true);
    await fireEvent.click(field('Ik heb de VOG gezien'));
    expect(closes()).toBe(false);
    save.mockResolvedValueOnce(err(refused));
    await press('Opslaan');
    expect(closes()).toBe(false);
    save.mockResolvedValueOnce(ok(profile));
    await press('Opslaan');
    await screen.findByText('Opgeslagen');
    expect(closes()).toBe(true);
  });

  test('says that it was saved until something is refused', async () => {
    save.mockResolvedValueOnce(ok(profile)).mockResolvedValueOnce(err(refused));
    await press('Opslaan');
    expect(await screen.findByText('Opgeslagen')).toBeTruthy();
    await press('Opslaan');
    await vi.waitFor(() => {
      expect(screen.queryByText('Opgeslagen')).toBeNull();
    });
  });

  test('takes the faults of a row out with it, and moves those below up', async () => {
    await press('Adres toevoegen');
    await press('Adres toevoegen');
    const [first, second] = screen.getAllByLabelText<HTMLInputElement>('Huisnummer');
    await fireEvent.input(first!, { target: { value: '1' } });
    await fireEvent.input(second!, { target: { value: '2' } });
    const about = (row: number): Problem => ({
      ...refused,
      errors: [{ pointer: `/addresses/${String(row)}/number`, code: 'x', detail: 'Onbekend.' }],
    });
    save.mockResolvedValueOnce(err(about(0))).mockResolvedValueOnce(err(about(1)));
    await press('Opslaan');
    await screen.findAllByText(/Onbekend/);
    await press('Adres 1 weghalen');
    expect(screen.queryByText(/Onbekend/)).toBeNull();
    expect(field('Huisnummer').value).toBe('2');
    await press('Adres toevoegen');
    await fireEvent.input(screen.getAllByLabelText('Huisnummer')[1]!, { target: { value: '3' } });
    await press('Opslaan');
    await screen.findAllByText(/Onbekend/);
    await press('Adres 1 weghalen');
    expect(
      field('Huisnummer').ariaInvalid ?? field('Huisnummer').getAttribute('aria-invalid'),
    ).toBe('true');
  });

  test('keeps what was typed and shows every fault beside its field', async () => {
    await fireEvent.click(field('Ik heb de VOG gezien'));
    await fireEvent.input(field('Datum op de VOG'), { target: { value: '2025-05-01' } });
    await press('Vandaag ziek gemeld');
    await fireEvent.input(field('Laatste dag weg'), { target: { value: '2026-01-01' } });
    await press('Adres toevoegen');
    await fireEvent.input(field('Postcode'), { target: { value: '8881 sa' } });
    await fireEvent.input(field('Huisnummer'), { target: { value: '999' } });
    save.mockResolvedValueOnce(err(refused));
    await press('Opslaan');
    const summary = await screen.findByRole('alert');
    expect([...summary.querySelectorAll('a')].map((link) => link.textContent.trim())).toEqual([
      'Geldig tot en met: Vul dit in.',
      'Laatste dag weg: Te vroeg.',
      'Huisnummer: Onbekend adres.',
    ]);
    expect(field('Huisnummer').getAttribute('aria-invalid')).toBe('true');
    expect(field('Huisnummer').value).toBe('999');
    expect(field('Postcode').value).toBe('8881 sa');
    expect(field('Datum op de VOG').value).toBe('2025-05-01');
    expect(field('Laatste dag weg').value).toBe('2026-01-01');
  });

  test('takes a period away, and has no field for why', async () => {
    await press('Vandaag ziek gemeld');
    expect(field('Eerste dag weg').value).toBe('2026-02-03');
    expect(screen.queryAllByRole('textbox', { name: /waarom|reden/i })).toEqual([]);
    await press('Periode 1 weghalen');
    expect(screen.queryByLabelText('Eerste dag weg')).toBeNull();
  });
});
