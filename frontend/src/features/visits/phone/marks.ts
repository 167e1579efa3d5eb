/** The shape beside each outcome word: state is never said by colour alone. */
import type { Outcome } from '../../../store/dossiers';
import type { IconName } from '../../../ui/icon-names';

const ICONS: Record<Outcome, IconName> = {
  conversation: 'check',
  conversation_without_notes: 'check',
  not_home: 'door-closed',
  refused: 'minus',
  later: 'clock',
  no_access: 'lock',
  someone_else: 'users',
  other_language: 'languages',
  spoke_briefly: 'message-circle',
  leaflet: 'mail',
  empty: 'house',
  not_a_home: 'house',
  unsafe: 'minus',
};

export function outcomeIcon(outcome: Outcome): IconName {
  return ICONS[outcome];
}
