/** A context has a name, and may have a value: "slides", "room=kitchen". */
export const contextPattern = /^[A-Za-z0-9-]{1,100}(?:=\S(?:.{0,98}\S)?)?$/u;

/** Returns the name of a context without its value. */
export function contextName(context: string): string {
  return context.split('=', 1)[0]!;
}

/** Whether a context is active; without a value it is, whatever value it has. */
export function isActive(context: string, active: readonly string[]): boolean {
  return active.some((one) => one === context || contextName(one) === context);
}

/** Returns the value that a context has now, if it has one. */
export function contextValue(name: string, active: readonly string[]): string | undefined {
  return active.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Returns contexts in the order of their names, each with the value that it got last. */
export function withLastValues(contexts: readonly string[]): string[] {
  return [...new Map(contexts.map((context) => [contextName(context), context])).values()].sort();
}

/** Whether something needs other contexts than something else, so that both are hardly possible at once. */
export function needOthers(first: readonly string[], second: readonly string[]): boolean {
  const isShared = (name: string): boolean => isActive(name, second) || second.some((other) => isActive(other, [name]));
  return first.length > 0 && second.length > 0 && !first.some(isShared);
}
