/** Bundles a phone without screens for Node: `FAULTS_OUT=folder npx vite build -c test/faults/vite.config.ts`. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { release } from '../../build/release.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('../..'),
  publicDir: false,
  resolve: { alias: { '@strings': here('../../../outreach/strings') } },
  plugins: [svelte(), release()],
  ssr: { noExternal: true },
  build: {
    ssr: here('phone.ts'),
    outDir: process.env['FAULTS_OUT'] ?? here('../../node_modules/.faults'),
    emptyOutDir: true,
    target: 'node20',
    // One file: what a chunk of its own holds would run before the page that phone.ts sets up.
    rolldownOptions: { output: { entryFileNames: 'phone.mjs', codeSplitting: false } },
  },
});
