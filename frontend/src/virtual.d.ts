/** Made by build/icons.ts: the data of one path each. */
declare module 'virtual:icons' {
  const outlines: Readonly<Record<import('./ui/icon-names').IconName, string>>;
  export default outlines;
}
