import { z } from 'zod';
import type { ListFunction, ListSituation } from '../grammar/index.ts';

/** The gateway sends what a function of a list needs; the host adds the state, and tells what was read of it. */
type Sent = Omit<ListSituation, 'state'>;

const computedSchema = z.object({ values: z.unknown(), topics: z.array(z.string()) });

/** In the host: makes a function of a list one that can be called from the gateway. */
export function toBeCalled(compute: ListFunction<never>, state: ReadonlyMap<string, string>) {
  return async (sent: unknown): Promise<z.infer<typeof computedSchema>> => {
    const topics = new Set<string>();
    const get = <T>(topic: string): T | undefined => {
      topics.add(topic);
      const json = state.get(topic);
      return json === undefined ? undefined : (JSON.parse(json) as T);
    };
    const values = await compute({ ...(sent as Sent), state: { get } });
    return { values, topics: [...topics] };
  };
}

/** In the gateway: a function of a list that calls the one in the host, and reads the same topics. */
export function calling(call: (sent: unknown) => Promise<unknown>): ListFunction<never> {
  return async ({ session, contexts, state }) => {
    const { values, topics } = computedSchema.parse(await call({ session, contexts }));
    for (const topic of topics) state.get(topic);
    return values as never;
  };
}
