// @vitest-environment node
/** The layers hold only if breaking them fails: forbidden imports are planted, refused, taken away. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const home = fileURLToPath(new URL('..', import.meta.url));

/** What is imported: targets that exist whatever else does. */
const TARGETS = [
  'src/api/planted-target.ts',
  'src/features/conversations/planted-target.ts',
  'src/features/concerns/planted-target.ts',
];

const FORBIDDEN: [rule: string, file: string, content: string][] = [
  ['lib-stands-alone', 'src/lib/planted.ts', "import '../ui/table';"],
  ['ui-imports-lib', 'src/ui/planted.ts', "import '../api/planted-target';"],
  ['store-imports-lib', 'src/store/planted.ts', "import '../api/planted-target';"],
  ['api-imports-lib', 'src/api/planted.ts', "import '../ui/table';"],
  ['session-below-sync', 'src/session/planted.ts', "import '../ui/table';"],
  ['sync-below-features', 'src/sync/planted.ts', "import '../ui/table';"],
  ['dexie-in-store-only', 'src/session/planted-dexie.ts', "import 'dexie';"],
  ['nobody-imports-the-frame', 'src/ui/planted-frame.ts', "import '../routes';"],
  // An import inside a component counts as well.
  [
    'nobody-imports-the-frame',
    'src/ui/Planted.svelte',
    '<script lang="ts">\n  import App from \'../App.svelte\';\n</script>\n\n<App />\n',
  ],
  ['feature-visits', 'src/features/visits/planted.ts', "import '../conversations/planted-target';"],
  // So does a type: who knows a type knows the layer.
  [
    'feature-plans',
    'src/features/plans/planted.ts',
    "import type { Planted } from '../concerns/planted-target'; export type P = Planted;",
  ],
  ['resident-stands-alone', 'resident/src/planted.ts', "import '../../src/ui/table';"],
  [
    'nobody-imports-the-resident',
    'src/lib/planted-resident.ts',
    "import '../../resident/src/planted';",
  ],
  ['feature-is-a-known-slice', 'src/features/planted/planted.ts', "import '../../ui/table';"],
  ['no-cycles', 'src/lib/planted-one.ts', "import './planted-two';"],
  ['no-unresolved', 'src/lib/planted-lost.ts', "import './planted-nowhere';"],
];

const ALLOWED: [file: string, content: string][] = [
  ['src/lib/planted-two.ts', "import './planted-one';"],
  ['src/features/plans/planted-allowed.ts', "import '../conversations/planted-target';"],
  ['src/features/visits/planted-allowed.ts', "import '../../ui/table';\nimport '../../lib/text';"],
];

const files = [
  ...TARGETS.map((file): [string, string] => [file, 'export type Planted = string;']),
  ...FORBIDDEN.map(([, file, content]): [string, string] => [file, content]),
  ...ALLOWED,
];

interface Report {
  summary: { violations: { rule: { name: string }; from: string }[] };
}

let report: Report;

function cruise(): Report {
  const command = join(home, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const out = execFileSync(
    process.execPath,
    [command, ...files.map(([file]) => file), ...options],
    {
      cwd: home,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return JSON.parse(out) as Report;
}

function broken(file: string): string[] {
  return report.summary.violations.filter((one) => one.from === file).map((one) => one.rule.name);
}

/** Folders this test made, innermost first: only those are taken away again, and only when empty. */
function plantAll(): string[] {
  const made: string[] = [];
  for (const [file, content] of files) {
    const folder = dirname(join(home, file));
    const outermost = mkdirSync(folder, { recursive: true });
    for (let one = folder; outermost !== undefined && one.length >= outermost.length;) {
      made.push(one);
      one = dirname(one);
    }
    writeFileSync(join(home, file), content);
  }
  return made.sort((a, b) => b.length - a.length);
}

/** `rmdir`, never recursive: what somebody else wrote there meanwhile must survive. */
function uproot(folders: readonly string[]): void {
  for (const [file] of files) rmSync(join(home, file), { force: true });
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // Not empty any more, so not ours any more.
    }
  }
}

beforeAll(() => {
  const folders = plantAll();
  try {
    report = cruise();
  } finally {
    uproot(folders);
  }
}, 60_000);

afterAll(() => {
  expect(files.filter(([file]) => existsSync(join(home, file)))).toEqual([]);
});

describe('the layers of the front end', () => {
  test.each(FORBIDDEN)('%s refuses %s', (rule, file) => {
    expect(broken(file)).toContain(rule);
  });

  test.each(ALLOWED.slice(1))('%s passes', (file) => {
    expect(broken(file)).toEqual([]);
  });
});
