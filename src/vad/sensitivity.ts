import type { Config } from '../config/index.ts';

/** The sensitivity at which a session hears as the options say. */
export const usualSensitivity = 0.5;

/**
 * Returns the options of a session that notices speech more easily (up to 1) or less easily (down to 0) than usual. The
 * threshold goes from half way between the usual one and certainty down to three fifths of the usual one, and the
 * threshold of silence keeps its share of it. vad-node's frame processor moves every probability beyond these limits
 * (`frame-verdict.ts`), so that its verdicts hold at any sensitivity.
 */
export function withSensitivity(vad: Config['vad'], sensitivity = usualSensitivity): Config['vad'] {
  const { positiveThreshold: usual, negativeThreshold } = vad;
  if (sensitivity === usualSensitivity) return vad;
  const distance = 2 * (sensitivity - usualSensitivity);
  const positiveThreshold = distance < 0 ? usual - (distance * (1 - usual)) / 2 : usual - distance * 0.4 * usual;
  const share = usual === 0 ? 1 : negativeThreshold / usual;
  return { ...vad, positiveThreshold, negativeThreshold: Math.min(1, positiveThreshold * share) };
}
