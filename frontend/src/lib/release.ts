/** Which app this is, as it tells the server; filled in by the build. */
export interface Release {
  readonly version: string;
  /** A calendar day, "2026-02-03". */
  readonly built_on: string;
}

export const release: Release = { version: __VERSION__, built_on: __BUILT_ON__ };
