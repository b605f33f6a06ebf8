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
