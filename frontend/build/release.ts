/** What the build says of itself, to the app and to the server that serves it. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** The day of the build; SOURCE_DATE_EPOCH makes it the same every time, and tests know only one. */
function builtOn(): string {
  if (process.env['VITEST'] !== undefined) return '2026-02-01';
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  const moment = epoch === undefined ? new Date() : new Date(Number(epoch) * 1000);
  return moment.toISOString().slice(0, 10);
}

/** Puts version and day into the app, and beside it for the server. */
export function release(): Plugin {
  const said = { version, built_on: builtOn() };
  return {
    name: 'voordeur-release',
    config: () => ({
      define: {
        __VERSION__: JSON.stringify(said.version),
        __BUILT_ON__: JSON.stringify(said.built_on),
      },
    }),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'release.json', source: JSON.stringify(said) });
    },
  };
}
