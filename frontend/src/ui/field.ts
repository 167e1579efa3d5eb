/** What Field and the fieldset hand to a control, and how an option reads. */

export interface ControlProps {
  id: string;
  'aria-describedby': string;
  'aria-invalid': true | undefined;
}

/** One choice in a RadioGroup or SelectField. */
export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly description?: string;
}

/** Props that every field shares. `id` is what FormErrors links to; made up where not given. */
export interface FieldProps {
  id?: string;
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
}
