/** Postcodes on the desk's screens have their space; the server's have none. */
import { render } from '@testing-library/svelte';
import { beforeAll, expect, test } from 'vitest';
import Facts from '../../src/features/concerns/desk/Facts.svelte';
import ImportPreview from '../../src/features/territory/desk/ImportPreview.svelte';
import DoorHolds from '../../src/features/visits/desk/DoorHolds.svelte';
import StopOrder from '../../src/features/visits/desk/StopOrder.svelte';
import StopTable from '../../src/features/visits/desk/StopTable.svelte';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { filterRows } from '../../src/ui/table';

const STOP = {
  id: 's',
  position: 0,
  street: 'Wilgenhof',
  number: '12',
  postcode: '8881SA',
  outcome: null,
  reached: null,
  details: {},
  notices: [],
  hold: null,
  left: false,
};
const HOLD = {
  id: 'h',
  street: 'Wilgenhof',
  number: '12',
  postcode: '8881SA',
  kind: 'unsafe',
  set_at: '2026-02-03T13:00:00Z',
  campaign_id: null,
  round: null,
};
const FACTS = {
  facts: 'Koud',
  address: { street: 'Wilgenhof', number: '12', postcode: '8881SA', city: 'Wilgendam' },
  reporter: 'Anna',
  phone: '',
};
const LIST = {
  read: 1,
  imported: 1,
  changed: 0,
  unchanged: 0,
  doubles: 0,
  refused: 0,
  columns: { postcode: 'PC' },
  ignored: [],
  sample: [{ postcode: '8881SA' }],
  refusals: [],
};
const nothing = (): Promise<void> => Promise.resolve();

beforeAll(() => loadStrings('nl'));

test.each([
  ['a round', () => render(StopTable, { stops: [STOP] })],
  ['a draft', () => render(StopOrder, { stops: [STOP] })],
  ['an unsafe door', () => render(DoorHolds, { holds: [HOLD], ondecided: nothing })],
  ['a concern', () => render(Facts, { facts: FACTS })],
  [
    'a list of addresses',
    () => render(ImportPreview, { result: LIST, jobId: 'j', onconfirm: nothing, onstop: nothing }),
  ],
])('on the screen of %s', (_, show) => {
  const { container } = show();
  expect(container.textContent).toContain('8881 SA');
  expect(container.textContent).not.toContain('8881SA');
});

test('a postcode is found with its space and without', () => {
  const columns = [{ key: 'p', header: 'Postcode', value: () => '8881 SA' }];
  expect(filterRows([STOP], columns, '8881SA')).toHaveLength(1);
  expect(filterRows([STOP], columns, '8881 sa')).toHaveLength(1);
  expect(filterRows([STOP], columns, '8881sd')).toHaveLength(0);
});
