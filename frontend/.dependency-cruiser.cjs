/**
 * The layers of the front end, proved on every lint. Features import each other only downwards, in
 * the order of the back end; names on one line never import each other.
 * test/architecture.test.ts plants forbidden imports and sees this file refuse them.
 */
const LAYERS = [
  ['sync', 'insight', 'privacy'],
  ['handover', 'watch'],
  ['plans', 'concerns', 'incidents'],
  ['conversations', 'planning'],
  ['visits'],
  ['wishes'],
  ['letters'],
  ['campaigns', 'groups'],
  ['guides', 'directory'],
  ['volunteers'],
  ['territory'],
  ['access'],
];

const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import ${allowed.join(', ') || 'nothing of ours'} and itself`,
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: `^src/(${[from, ...allowed].join('|')})/` },
});

const featureRules = LAYERS.flatMap((layer, depth) =>
  layer.map((feature) => {
    const below = LAYERS.slice(depth + 1).flat();
    return {
      name: `feature-${feature}`,
      severity: 'error',
      comment: `${feature} may import features below it only: ${below.join(', ') || 'none'}`,
      from: { path: `^src/features/${feature}/` },
      to: {
        path: '^src/features/',
        pathNot: `^src/features/(${[feature, ...below].join('|')})/`,
      },
    };
  }),
);

module.exports = {
  forbidden: [
    only('lib-stands-alone', 'lib', []),
    only('ui-imports-lib', 'ui', ['lib']),
    only('store-imports-lib', 'store', ['lib']),
    only('api-imports-lib', 'api', ['lib']),
    only('session-below-sync', 'session', ['lib', 'store', 'api']),
    only('sync-below-features', 'sync', ['lib', 'store', 'api', 'session']),
    only('features-below-app', 'features', ['lib', 'ui', 'store', 'api', 'session', 'sync']),
    ...featureRules,
    {
      name: 'feature-is-a-known-slice',
      severity: 'error',
      comment: 'A feature bears the name of a slice of the back end',
      from: { path: '^src/features/', pathNot: `^src/features/(${LAYERS.flat().join('|')})/` },
      to: {},
    },
    {
      name: 'nobody-imports-the-frame',
      severity: 'error',
      comment: 'routes, App and main know everything; nothing knows them',
      from: { path: '^src/', pathNot: '^src/(main\\.ts|App\\.svelte)$' },
      to: { path: '^src/(routes\\.ts|App\\.svelte|main\\.ts)$' },
    },
    {
      name: 'resident-stands-alone',
      severity: 'error',
      comment:
        'The page behind the letter is small: of ours only the look, the ports and the prefix',
      from: { path: '^resident/' },
      to: { path: '^src/', pathNot: '^src/(ui/(theme|base)\\.css|lib/(ports|prefix)\\.ts)$' },
    },
    {
      name: 'nobody-imports-the-resident',
      severity: 'error',
      comment: 'The app knows nothing of the page behind the letter',
      from: { path: '^src/' },
      to: { path: '^resident/' },
    },
    {
      name: 'dexie-in-store-only',
      severity: 'error',
      comment: 'Only store/ knows IndexedDB',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: 'node_modules/(dexie|fake-indexeddb)' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src|resident)/' },
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: { path: '^(src|resident)/' },
      to: { couldNotResolve: true, pathNot: '^(virtual:|@strings/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.ts$' },
    // Type-only imports are dependencies too: a layer that knows a type knows the layer.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'default', 'types'],
      extensions: ['.ts', '.svelte.ts', '.svelte', '.js', '.json', '.css'],
    },
  },
};
