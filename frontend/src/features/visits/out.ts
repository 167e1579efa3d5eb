/**
 * Being out: until when, and from when on the phone asks its pair whether they are done. Pure, so that
 * the rules can be read and tested; they work without a line, by the clock of this phone.
 */
import { formatTime, today, type DayPart } from '../../lib/dates';
import type { RoundBody, RoundWatch } from '../../store/dossiers';
import { whenThere, type Registry } from '../../sync/overlay';
import type { MutationOf } from '../../sync/wire';

/** When a round of a day part should be over, as the server says it. */
export const ENDS: Readonly<Record<DayPart, string>> = {
  morning: '12:00',
  afternoon: '18:00',
  evening: '22:00',
};
const LAST = '23:59';
/** Who begins when the day part is over has this long, and who stays longer has that long. */
const AN_HOUR = 60;
const MORE = 30;

/** What stands until somebody of the pair says something. */
export function watchOf(body: RoundBody): RoundWatch {
  return body.watch ?? { started: false, finished: false, until: ENDS[body.day_part], help: null };
}

/** The later of two clocks of one day. */
export function laterOf(one: string, other: string): string {
  return one > other ? one : other;
}

/** "18:10" and 30 minutes; never past midnight. */
export function plusMinutes(wall: string, minutes: number): string {
  const [hours = 0, past = 0] = wall.split(':').map(Number);
  const total = hours * 60 + past + minutes;
  if (total >= 24 * 60) return LAST;
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
}

/** Until when somebody is out who begins now. */
export function untilFrom(body: RoundBody, now: Date): string {
  const end = ENDS[body.day_part];
  const wall = formatTime(now);
  return wall < end ? end : plusMinutes(wall, AN_HOUR);
}

/** Until when somebody is out who stays half an hour longer. */
export function untilLonger(body: RoundBody, now: Date): string {
  return plusMinutes(laterOf(watchOf(body).until, formatTime(now)), MORE);
}

export type OutState = 'other_day' | 'not_begun' | 'out' | 'overdue' | 'back';

/** Where the pair is in its day. A door that was done says that they are out, as it does there. */
export function outState(body: RoundBody, someDone: boolean, now: Date): OutState {
  const watch = watchOf(body);
  if (watch.finished || body.state === 'closed') return 'back';
  if (body.date !== today()) return 'other_day';
  if (!watch.started && !someDone) return 'not_begun';
  return formatTime(now) >= watch.until ? 'overdue' : 'out';
}

/** The round with this said of it; what says nothing is left off, as the server leaves it off. */
function withWatch(body: RoundBody, said: Partial<RoundWatch>): RoundBody {
  const watch = { ...watchOf(body), ...said };
  const bare = { ...body };
  delete bare.watch;
  const nothing = !watch.started && !watch.finished && watch.help === null;
  return nothing && watch.until === ENDS[body.day_part] ? bare : { ...bare, watch };
}

function takeBack(body: RoundBody, { body: said }: MutationOf<'round.take_back'>): RoundBody {
  if (said.what === 'start') return withWatch(body, { started: false });
  if (said.what === 'finish') return withWatch(body, { finished: false });
  return withWatch(body, said.until === '' ? {} : { until: said.until });
}

/** What it makes of a round, as the server would project it. */
export const outSteps = {
  'round.start': whenThere((body, { body: { until } }) =>
    withWatch(body, { started: true, until: laterOf(watchOf(body).until, until) }),
  ),
  'round.extend': whenThere((body, { body: { until } }) =>
    withWatch(body, { finished: false, until: laterOf(watchOf(body).until, until) }),
  ),
  'round.finish': whenThere((body) => withWatch(body, { finished: true })),
  'round.take_back': whenThere(takeBack),
  'help.call': whenThere((body, { body: { call_id } }) =>
    withWatch(body, { help: watchOf(body).help ?? call_id }),
  ),
  'help.withdraw': whenThere((body) => withWatch(body, { help: null })),
} satisfies NonNullable<Registry['steps']['round']>;
