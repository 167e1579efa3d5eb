/** Built with the front end's own packages; the worker precaches and does nothing else. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

export default defineConfig({
  plugins: [
    svelte(),
    VitePWA({
      registerType: 'autoUpdate',
      manifest: false,
      workbox: { inlineWorkboxRuntime: true, clientsClaim: true, skipWaiting: true },
    }),
  ],
  build: { target: 'es2022' },
});
