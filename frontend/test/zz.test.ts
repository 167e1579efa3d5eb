import { it } from 'vitest';
import { newPhone, must } from './phone';
it('x', async () => {
  const log = (s: string) => process.stderr.write(s + '\n');
  log('start');
  const p = await newPhone();
  log('open');
  const h = await must(p.store.holdings());
  log(JSON.stringify(h));
  const { syncOnce } = await import('../src/sync/once');
  log(JSON.stringify(await syncOnce(p.store)));
});
