/** One choice for map and list: what is pressed twice is as it was. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addArea,
  addStreets,
  changeArea,
  dropArea,
  isEmpty,
  NOTHING,
  postcodeIn,
  stateOf,
  toggleDoor,
  togglePostcode,
  toggleStreet,
  type ChoosableDoor,
  type Choice,
} from '../../src/features/territory/desk/choosing/choice';

const STREET = { city: 'Wilgendam', street: 'Wilgenhof' };
const DOOR: ChoosableDoor = { ...STREET, id: 'a', postcode: '9991SA', lat: 52.4, lon: 5.2 };
const AREA = [
  { lat: 52, lon: 5 },
  { lat: 52, lon: 6 },
  { lat: 53, lon: 6 },
  { lat: 53, lon: 5 },
];
const choices: Record<string, Choice> = {
  nothing: NOTHING,
  street: toggleStreet(NOTHING, STREET),
  postcode: togglePostcode(NOTHING, '9991SA'),
  area: addArea(NOTHING, AREA),
};

describe('a door', () => {
  test('is chosen with its street, its postcode or an area around it', () => {
    expect(stateOf(NOTHING, DOOR)).toBe('other');
    for (const way of ['street', 'postcode', 'area']) {
      expect(stateOf(choices[way] ?? NOTHING, DOOR)).toBe('chosen');
    }
  });

  test('pressed twice is as it was, and once is otherwise', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(choices)), (choice) => {
        const once = toggleDoor(choice, DOOR);
        expect(stateOf(once, DOOR)).not.toBe(stateOf(choice, DOOR));
        expect(toggleDoor(once, DOOR)).toEqual(choice);
      }),
    );
  });
});

describe('a list', () => {
  test('has each street once', () => {
    expect(addStreets(addStreets(NOTHING, [STREET]), [STREET]).streets).toEqual([STREET]);
    expect(toggleStreet(toggleStreet(NOTHING, STREET), STREET)).toEqual(NOTHING);
  });

  test('keeps its areas in order', () => {
    const two = addArea(addArea(NOTHING, AREA), AREA.slice(0, 3));
    expect(changeArea(two, 0, AREA.slice(1)).areas[0]?.corners).toHaveLength(3);
    expect(dropArea(two, 0).areas).toEqual([two.areas[1]]);
    expect(isEmpty(dropArea(dropArea(two, 0), 0))).toBe(true);
  });

  test('knows a postcode however it is typed', () => {
    expect(['1234 ab', ' 1234AB ', '1234ab'].map(postcodeIn)).toEqual(Array(3).fill('1234AB'));
    expect(['0234AB', '1234', 'Wilgenhof', ''].map(postcodeIn)).toEqual(Array(4).fill(null));
  });
});
