/** Build, dev server and test set-up. The built app goes into the Python package, which serves it. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { VitePWA } from 'vite-plugin-pwa';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { icons } from './build/icons.ts';
import { leaflet } from './build/leaflet.ts';
import { manifest } from './build/manifest.ts';
import { packed } from './build/packed.ts';
import { release } from './build/release.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env['VOORDEUR_BACKEND'] ?? 'http://localhost:5000';

const DISK =
  /node_modules[\\/]dexie|src[\\/]store[\\/](opening|database|clear-store|contents|sealed-store|writing|escrow|unseal|fresh-reader)/;

interface Chunking {
  getModuleInfo(id: string): { isEntry: boolean; importers: string[] } | null;
}

/** Is this imported by main.ts, or by what it imports, without waiting? */
function isFirst(id: string, chunking: Chunking, seen = new Set<string>()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const info = chunking.getModuleInfo(id);
  return (
    info !== null &&
    (info.isEntry || info.importers.some((importer) => isFirst(importer, chunking, seen)))
  );
}

export default defineConfig({
  // Scripts find each other from where they lie; the server writes the page's addresses.
  base: './',
  resolve: {
    alias: [
      { find: '@strings', replacement: here('../outreach/strings') },
      { find: /^leaflet$/, replacement: 'leaflet/dist/leaflet-src.esm.js' },
    ],
  },
  plugins: [
    svelte(),
    icons(),
    leaflet(),
    release(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      registerType: 'prompt',
      // main.ts registers the worker itself: the strict CSP wants a trusted script URL.
      injectRegister: false,
      manifest,
      injectManifest: {
        // Lazy chunks too: a deep link must boot without signal.
        globPatterns: ['**/*.{js,css,html,svg,png,txt,woff2}'],
        // A map is for a desk that has a line; no phone carries it along.
        globIgnores: ['**/leaflet-map-*', '**/layers*', '**/marker-icon*'],
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      },
    }),
    packed(),
    svelteTesting(),
  ],
  build: {
    outDir: here('../outreach/static/app'),
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    // The polyfill would be an inline script, which the CSP refuses.
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: {
      output: {
        codeSplitting: {
          // All that main.ts imports comes in one file: each file more costs a slow phone a turn. What
          // knows the disk comes in a second, while the words are typed; all else when it is asked for.
          groups: [
            {
              name: (id, chunking) => (isFirst(id, chunking) ? 'ground' : null),
              debugName: 'ground',
              priority: 2,
            },
            { name: 'disk', priority: 1, test: DISK },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    fs: { allow: [here('.'), here('../outreach/strings')] },
    proxy: { '/v1': backend, '/healthz': backend },
  },
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    restoreMocks: true,
  },
});
