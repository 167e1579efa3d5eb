/** Filled in by build/release.ts. */
declare const __VERSION__: string;
declare const __BUILT_ON__: string;

/** Made by build/icons.ts: the data of one path each. */
declare module 'virtual:icons' {
  const outlines: Readonly<Record<import('./ui/icon-names').IconName, string>>;
  export default outlines;
}
