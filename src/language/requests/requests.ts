/** How somebody asks for something instead of commanding it: "puedes encender la luz". */
export interface Requests {
  /** What is said in front of such a request. Accents matter: "konntest du" is a question about the past. */
  readonly starts: readonly string[];
  /** Whether the verb stands at the end, as in German, rather than right behind the start. */
  readonly isLast: boolean;
  /**
   * Returns the imperatives of a verb in the form that it has in a request, mostly the infinitive, without accents;
   * none for any other word. If a part of an imperative stands at the end, a space is before it: "mach an".
   */
  imperatives(this: void, verb: string): string[];
}
