type Plain = string | number | boolean;
/** A value with what a handler needs to know about it, as JSON. */
type Data = Readonly<Record<string, unknown>>;
/** What one of a list can be. */
export type Value = Plain | Data;

/**
 * A value and the phrases for it, which are templates of plain words: one list for every language, or lists by ISO
 * 639-1 code. Without `say`, the value itself is the phrase; data needs a `say`.
 */
export interface ListValue<V extends Value> {
  value: V;
  say?: readonly string[] | Readonly<Record<string, readonly string[]>>;
}
