/** Made by build/icons.ts. */
declare module 'virtual:icons' {
  const shapes: Readonly<
    Record<
      import('./ui/icon-names').IconName,
      readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[]
    >
  >;
  export default shapes;
}
