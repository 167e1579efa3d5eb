/**
 * Builds the resident's page, beside the app and apart from it: no worker, no store, one small script.
 * It comes after the app's own build, which empties the folder that both go into.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { packed } from '../build/packed.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: here('../public'),
  // Scripts find each other from where they lie; the server writes the page's addresses.
  base: './',
  resolve: { alias: { '@strings': here('../../outreach/strings') } },
  plugins: [
    svelte({ configFile: here('../svelte.config.js') }),
    packed(/^(resident\.html|assets[\\/]resident-)/),
  ],
  build: {
    outDir: here('../../outreach/static/app'),
    emptyOutDir: false,
    copyPublicDir: false,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: {
      input: here('resident.html'),
      output: {
        entryFileNames: 'assets/resident-[hash].js',
        chunkFileNames: 'assets/resident-[hash].js',
        assetFileNames: 'assets/resident-[hash][extname]',
      },
    },
  },
});
