/** Svelte: runes everywhere; the compiler's accessibility warnings count as errors in `npm run check`. */
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
};
