/**
 * Leaflet asks at its start what an old browser can do, by writing markup: Trusted Types refuse that.
 * Every browser of ours draws SVG and none draws VML, so the two questions are answered here. Nothing
 * else that writes markup in it is used: controls, tooltips and icons get elements.
 */
import type { Plugin } from 'vite';

const QUESTIONS: readonly (readonly [asks: RegExp, answer: string])[] = [
  [/var inlineSvg = !!svg\$1 && \(function \(\) \{[\s\S]*?\}\)\(\);/, 'var inlineSvg = true;'],
  [/var vml = !svg\$1 && \(function \(\) \{[\s\S]*?\}\(\)\);/, 'var vml = false;'],
];

/** The source of Leaflet without its two questions; throws where one is not found. */
export function answered(source: string): string {
  return QUESTIONS.reduce((code, [asks, answer]) => {
    if (!asks.test(code)) throw new Error(`Leaflet no longer asks ${asks.source}`);
    return code.replace(asks, answer);
  }, source);
}

export function leaflet(): Plugin {
  return {
    name: 'voordeur-leaflet',
    transform: (code, id) =>
      /leaflet[\\/]dist[\\/]leaflet-src\.esm\.js/.test(id)
        ? { code: answered(code), map: null }
        : undefined,
  };
}
