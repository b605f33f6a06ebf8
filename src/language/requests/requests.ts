/** How somebody asks for something instead of commanding it: "puedes encender la luz". */
export interface Requests {
  /** What is said in front of such a request. Accents matter: "konntest du" is a question about the past. */
  readonly starts: readonly string[];
  /** Where its verb stands: right behind the start, at the end as in German, or anywhere as in Dutch. */
  readonly verb: 'first' | 'last' | 'anywhere';
  /** Words in front of the verb that only make the request politer: "zou je het licht willen aandoen". */
  readonly helpers?: readonly string[];
  /** What ends such a request, and no command: "你能开灯吗". */
  readonly ends?: readonly string[];
  /**
   * Returns the imperatives of a verb in the form that it has in a request, mostly the infinitive, without accents;
   * none for any other word. If a part of an imperative stands at the end, a space is before it: "mach an".
   */
  imperatives(this: void, verb: string): string[];
}

/** Forms of verbs by the end of their infinitive, the longest first: each takes the place of that end. */
export type FormsByEnd = readonly [end: string, ...forms: readonly string[]][];

/** Returns the forms of a verb; none if it has no known end. */
export function formsOf(infinitive: string, byEnd: FormsByEnd): string[] {
  const [end, ...forms] = byEnd.find(([ending]) => infinitive.endsWith(ending)) ?? [];
  return end === undefined ? [] : forms.map((form) => infinitive.slice(0, -end.length) + form);
}

/**
 * Returns the forms of a verb that has forms of its own, or is made of one that has ("poner", "proponer"); undefined
 * for any other. What ends like one of `whole` is not made of it.
 */
export function ownFormsOf(
  infinitive: string,
  own: Readonly<Record<string, readonly string[]>>,
  whole: readonly string[],
): string[] | undefined {
  const end = Object.keys(own).find((verb) => (whole.includes(verb) ? infinitive === verb : infinitive.endsWith(verb)));
  return end === undefined ? undefined : own[end]!.map((form) => infinitive.slice(0, -end.length) + form);
}
