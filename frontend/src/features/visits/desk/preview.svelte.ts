/** How many doors a round would get, as the server counts them while somebody chooses. */
import { t } from '../../../lib/i18n.svelte';
import { previewRound, type Fitting, type NewRound } from './requests';

export class Preview {
  private found: Fitting | null = $state.raw(null);
  private asked = 0;

  constructor(private readonly campaignId: string) {}

  /** Count for what is chosen now; a late answer to an older question is dropped. */
  async look(body: NewRound): Promise<void> {
    const asked = (this.asked += 1);
    if (body.streets.length === 0) {
      this.found = null;
      return;
    }
    const result = await previewRound(this.campaignId, body);
    if (asked === this.asked) this.found = result.ok ? result.value : null;
  }

  /** In words: the doors of the round, and why there are fewer than to do. */
  words(most: number | null): string {
    if (this.found === null) return '';
    const { to_do, fits } = this.found;
    const count = Math.min(fits, most ?? fits);
    const told = t('desk_visits.picked', { count, to_do });
    return fits === to_do ? told : `${told} ${t('desk_visits.fewer', { count: to_do - fits })}`;
  }
}
