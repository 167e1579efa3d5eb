/**
 * Writes a brotli and a gzip copy beside every built text file. Packing once, at the highest
 * quality, costs a phone fewer bytes than packing at every request; outreach/web/screens.py sends
 * the copies.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(?:css|html|js|svg|txt|webmanifest)$/;
/** Bytes: below this a copy saves no packet. */
const SMALLEST = 600;
const { BROTLI_PARAM_QUALITY: QUALITY, BROTLI_MAX_QUALITY: HIGHEST } = constants;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

async function pack(path: string): Promise<void> {
  const plain = await readFile(path);
  if (plain.length < SMALLEST) return;
  await writeFile(`${path}.br`, await toBrotli(plain, { params: { [QUALITY]: HIGHEST } }));
  await writeFile(`${path}.gz`, await toGzip(plain, { level: constants.Z_BEST_COMPRESSION }));
}

/** Comes last: the service worker is written when the bundle is closed. `which`: names below the folder. */
export function packed(which = /./): Plugin {
  let folder = '';
  return {
    name: 'voordeur-packed',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      async handler(): Promise<void> {
        const names = await readdir(folder, { recursive: true });
        await Promise.all(
          names
            .filter((name) => TEXT.test(name) && which.test(name))
            .map((name) => pack(join(folder, name))),
        );
      },
    },
  };
}
