/**
 * What the phone's home screen shows: the name says nothing about what the app is used for. All
 * addresses are relative to the manifest's own, because the app may live below a path.
 */
import type { ManifestOptions } from 'vite-plugin-pwa';

export const manifest: Partial<ManifestOptions> = {
  name: 'Voordeur',
  short_name: 'Voordeur',
  lang: 'nl',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#f5f6f3',
  theme_color: '#0b5f5a',
  icons: [
    { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
};
