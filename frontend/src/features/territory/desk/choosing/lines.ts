/** The lines of a choice, as the list beside the map says them. Pure. */
import { t } from '../../../../lib/i18n.svelte';
import { postcodeWords } from '../../../../lib/text';
import { keyOf } from '../chosen';
import { dropArea, togglePostcode, toggleStreet, type Choice } from './choice';
import type { Counts } from './requests';

export interface Line {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  /** The place of an area in the choice. */
  readonly area?: number;
  /** The choice without it. */
  readonly take: () => Choice;
}

const doors = (count: number | undefined): string =>
  count === undefined ? '' : t('desk_territory.doors', { count });

function names(choice: Choice, counts: Counts | null): Line[] {
  const found = new Map(counts?.streets.map((street) => [keyOf(street), street.doors]));
  const streets = choice.streets.map((street) => ({
    key: keyOf(street),
    name: street.street,
    about: doors(found.get(keyOf(street))),
    take: () => toggleStreet(choice, street),
  }));
  const postcodes = choice.postcodes.map((postcode) => ({
    key: postcode,
    name: t('desk_choosing.postcode', { postcode: postcodeWords(postcode) }),
    about: '',
    take: () => togglePostcode(choice, postcode),
  }));
  return [...streets, ...postcodes];
}

function single(choice: Choice): Line[] {
  return (['added', 'left_out'] as const)
    .filter((kind) => choice[kind].length > 0)
    .map((kind) => ({
      key: kind,
      name: t(`desk_choosing.${kind}`, { count: choice[kind].length }),
      about: '',
      take: () => ({ ...choice, [kind]: [] }),
    }));
}

/** Areas first, then streets, postcodes and single doors. */
export function linesOf(choice: Choice, counts: Counts | null): Line[] {
  const areas = choice.areas.map((_, at) => ({
    key: `area-${String(at)}`,
    name: t('desk_choosing.area', { number: at + 1 }),
    about: doors(counts?.areas[at]),
    area: at,
    take: () => dropArea(choice, at),
  }));
  return [...areas, ...names(choice, counts), ...single(choice)];
}
