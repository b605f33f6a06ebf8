import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Framer } from '../../src/audio/framer.ts';

it('Frames are 512 samples, counted since the start, however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_500), { maxLength: 12 }), (lengths) => {
      const framer = new Framer();
      let next = 0;
      const frames = lengths.flatMap((length) => framer.push(Float32Array.from({ length }, () => next++)));
      const rest = framer.flush();
      expect(frames.length).toBe(Math.floor(next / 512));
      expect(rest === undefined).toBe(next % 512 === 0);
      [...frames, ...(rest ? [rest] : [])].forEach((frame, n) => {
        expect(frame.startSample).toBe(n * 512);
        expect([...frame.samples]).toEqual(
          Array.from({ length: 512 }, (_, i) => (n * 512 + i < next ? n * 512 + i : 0)),
        );
      });
    }),
  );
});

it('A frame does not change after it was handed out', () => {
  const framer = new Framer();
  const [first] = framer.push(new Float32Array(512).fill(0.25));
  framer.push(new Float32Array(512).fill(0.75));
  expect(first!.samples[0]).toBe(0.25);
});

it('Nothing is left after a flush', () => {
  const framer = new Framer();
  framer.push(new Float32Array(10).fill(1));
  expect(framer.flush()).toMatchObject({ startSample: 0 });
  expect(framer.flush()).toBeUndefined();
  expect(framer.push(new Float32Array(512))).toMatchObject([{ startSample: 512 }]);
});
