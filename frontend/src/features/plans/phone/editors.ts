/** Editors of texts whose other fields change while somebody types. */
import type { TextEditor } from '../../../sync/typing';

/** An editor that opens anew when `key` changes: what is typed then stands beside the new fields. */
export function reopening(key: () => string, open: () => TextEditor): TextEditor {
  let opened: { key: string; editor: TextEditor } | null = null;
  const now = (): TextEditor => {
    if (opened?.key !== key()) opened = { key: key(), editor: open() };
    return opened.editor;
  };
  return {
    write: (text) => now().write(text),
    release: () => now().release(),
  };
}
