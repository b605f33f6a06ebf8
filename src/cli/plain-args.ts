/** Passes arguments through JSON, because clients get them so, and those of a case file have gone through it too. */
export function plainArgs(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(args)) as Record<string, unknown>;
}
