/** What a strings file holds: key to text, or to a plural chosen by the parameter `count`. */

export interface Plural {
  readonly one: string;
  readonly other: string;
}

export type Strings = Readonly<Record<string, string | Plural>>;
