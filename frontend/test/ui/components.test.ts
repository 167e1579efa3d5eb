/** Components as a person meets them: by role, name and what happens on a tap. */
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ports } from '../../src/lib/ports';
import type { SeededPorts } from '../../src/lib/ports-seeded';
import { cover, isCovered, uncover } from '../../src/ui/neutral.svelte';
import {
  arrive,
  currentUndo,
  dismissUndo,
  offerUndo,
  takeUndoAlong,
} from '../../src/ui/undo.svelte';
import FormErrors from '../../src/ui/FormErrors.svelte';
import Light from '../../src/ui/Light.svelte';
import Probe from './Probe.svelte';

const advance = (milliseconds: number): void => {
  (ports as SeededPorts).advance(milliseconds);
};

afterEach(() => {
  dismissUndo();
  uncover();
});

describe('Button', () => {
  test('runs on a tap, and not while busy', async () => {
    const onpress = vi.fn();
    const { rerender } = render(Probe, { onpress });
    await fireEvent.click(screen.getByRole('button', { name: 'Bewaren' }));
    await rerender({ busy: true });
    await fireEvent.click(screen.getByRole('button', { name: /Bewaren/ }));
    expect(onpress).toHaveBeenCalledOnce();
  });
});

describe('fields', () => {
  test('a wrong field says so to a screen reader, and no longer when put right', async () => {
    render(Probe);
    const box = screen.getByLabelText('In eigen woorden');
    expect(box.getAttribute('aria-invalid')).toBe('true');
    const about = box.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(about.map((id) => document.getElementById(id)?.textContent).join('')).toContain(
      'Vul iets in',
    );
    await fireEvent.input(box, { target: { value: 'Goed' } });
    expect(box.getAttribute('aria-invalid')).toBeNull();
  });

  test('a number that could be a BSN is pointed out and kept', async () => {
    render(Probe);
    const box = screen.getByLabelText<HTMLTextAreaElement>('In eigen woorden');
    await fireEvent.input(box, { target: { value: 'nummer 1112.22.333' } });
    expect(screen.getByText(/lijkt een burgerservicenummer/)).toBeTruthy();
    expect(box.value).toBe('nummer 1112.22.333');
  });

  test('a radio group starts with nothing chosen and binds the choice', async () => {
    render(Probe);
    const group = screen.getByRole('group', { name: 'Hoe gaat het?' });
    expect(within(group).queryByRole('radio', { checked: true })).toBeNull();
    await fireEvent.click(within(group).getByLabelText('graag hulp'));
    expect(document.querySelector('output')?.textContent).toBe('help');
  });

  test('the summary of errors links to the field and takes the focus there', async () => {
    const field = document.body.appendChild(document.createElement('input'));
    field.id = 'name-field';
    render(FormErrors, { errors: [{ field: 'name-field', message: 'Vul een naam in' }] });
    expect(screen.getByRole('alert').textContent).toContain('Er klopt nog één ding niet');
    await fireEvent.click(screen.getByRole('link', { name: 'Vul een naam in' }));
    expect(document.activeElement).toBe(field);
    field.remove();
  });
});

describe('DataTable', () => {
  const firstCells = (): (string | undefined)[] =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.querySelector('td')?.textContent?.trim());

  test('sorts by its headers and says in which direction', async () => {
    render(Probe);
    const header = screen.getByRole('button', { name: 'Deuren' });
    await fireEvent.click(header);
    expect(firstCells()).toEqual(['Berkenhof', 'Wilgenhof']);
    await fireEvent.click(header);
    expect(firstCells()).toEqual(['Wilgenhof', 'Berkenhof']);
    expect(header.closest('th')?.getAttribute('aria-sort')).toBe('descending');
  });

  test('filters, and says when nothing is found', async () => {
    render(Probe);
    const box = screen.getByLabelText('Zoeken in deze lijst');
    await fireEvent.input(box, { target: { value: 'berk' } });
    expect(firstCells()).toEqual(['Berkenhof']);
    await fireEvent.input(box, { target: { value: 'zzz' } });
    expect(screen.getByText(/Niets gevonden/)).toBeTruthy();
  });
});

describe('undo', () => {
  test('is offered for ten seconds, and held while the bar has the focus', async () => {
    render(Probe);
    offerUndo({ message: '12: niemand thuis', undo: () => undefined });
    await tick();
    advance(9_000);
    await fireEvent.focusIn(screen.getByText('12: niemand thuis'));
    advance(60_000);
    expect(currentUndo()).not.toBeNull();
    await fireEvent.focusOut(screen.getByText('12: niemand thuis'));
    advance(10_000);
    expect(currentUndo()).toBeNull();
  });

  test('runs once when taken', async () => {
    const undo = vi.fn();
    render(Probe);
    offerUndo({ message: 'gedaan', undo });
    await tick();
    await fireEvent.click(screen.getByRole('button', { name: 'Ongedaan maken' }));
    expect(undo).toHaveBeenCalledOnce();
    expect(screen.queryByRole('button', { name: 'Ongedaan maken' })).toBeNull();
  });
});

describe('a line that only says what was done', () => {
  test('has no undo, and goes by itself', async () => {
    render(Probe);
    offerUndo({ message: 'weggegooid' });
    await tick();
    expect(screen.getByText('weggegooid')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Ongedaan maken' })).toBeNull();
    advance(10_000);
    expect(currentUndo()).toBeNull();
  });

  test('stays with its link until one moves on', async () => {
    render(Probe);
    offerUndo({ message: 'afgerond', link: { href: '/debrief/a', words: 'Nabespreken' } });
    await tick();
    advance(60_000);
    expect(screen.getByRole('link', { name: 'Nabespreken' })).toBeTruthy();
    arrive();
    expect(currentUndo()).toBeNull();
  });
});

describe('an undo and another screen', () => {
  test('who moves on lets go of it', () => {
    offerUndo({ message: 'gedaan', undo: () => undefined });
    arrive();
    expect(currentUndo()).toBeNull();
  });

  test('it comes along once when the act itself moves', () => {
    offerUndo({ message: 'gedaan', undo: () => undefined });
    takeUndoAlong();
    arrive();
    expect(currentUndo()?.message).toBe('gedaan');
    arrive();
    expect(currentUndo()).toBeNull();
  });
});

describe('what lies over the screen', () => {
  test('a sheet opens as a dialog with its title, and closes', async () => {
    render(Probe);
    await fireEvent.click(screen.getByRole('button', { name: 'Openen' }));
    expect(screen.getByRole('dialog', { name: 'Iets anders' }).hasAttribute('open')).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: 'Sluiten' }));
    expect(screen.queryByText('Binnenin')).toBeNull();
  });

  test('the neutral card stays under a stray tap and lifts on a held one', async () => {
    render(Probe);
    cover();
    await tick();
    const card = screen.getByRole('dialog', { name: 'Voordeur' });
    await fireEvent.pointerDown(card);
    advance(200);
    await fireEvent.pointerUp(card);
    advance(2_000);
    expect(isCovered()).toBe(true);
    await fireEvent.pointerDown(card);
    advance(700);
    expect(isCovered()).toBe(false);
  });
});

test('the light speaks by word as well as by shape', () => {
  render(Light, { state: 'on_phone', count: 3 });
  expect(document.body.textContent).toContain('3 op deze telefoon');
});
