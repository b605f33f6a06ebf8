import type { Ears } from '../../src/session/index.ts';

/**
 * Ears whose readings can be waited for before more is said: so what a session hears does not depend on how fast the
 * machine is.
 */
export function watched({ vad, transcriber }: Ears): { ears: Ears; settled: () => Promise<unknown> } {
  const reading = new Set<Promise<unknown>>();
  const ears: Ears = {
    vad,
    transcriber: {
      get info() {
        return transcriber.info;
      },
      open: (sessionId) => {
        const audio = transcriber.open(sessionId);
        return {
          get length() {
            return audio.length;
          },
          append: (samples) => audio.append(samples),
          read: (options) => {
            const read = audio.read(options);
            const settled = read.catch(() => undefined).finally(() => reading.delete(settled));
            reading.add(settled);
            return read;
          },
          promote: () => audio.promote(),
          close: () => audio.close(),
        };
      },
      load: () => transcriber.load(),
      close: () => transcriber.close(),
    },
  };
  return { ears, settled: () => Promise.all(reading) };
}
