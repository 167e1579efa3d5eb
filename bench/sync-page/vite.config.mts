/** The app's own store and exchange as a page, and the peer's where it is there. Neither is shipped. */
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { release } from "./front-end/build/release.ts";

const app = process.env["BENCH_APP"] ?? "";
const peers = process.env["BENCH_PEERS"] ?? "";

export default defineConfig({
  plugins: [svelte(), release()],
  resolve: {
    alias: {
      "@app": `${app}/src`,
      "@strings": `${app}/../outreach/strings`,
      pouchdb: `${peers}/pouchdb/dist/pouchdb.js`,
    },
  },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: peers === "" ? ["ours.html"] : ["ours.html", "peer.html"],
      output: {
        entryFileNames: "assets/bench-[name].js",
        chunkFileNames: "assets/bench-[name].js",
      },
    },
  },
});
