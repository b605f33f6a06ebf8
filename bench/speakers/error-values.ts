import { sampleRateHz } from '../../src/types.ts';
import { diarizationErrors, errorRate } from '../lib/diarization-error.ts';
import type { Turn } from '../lib/rttm.ts';
import type { OfflineRecording } from './offline.ts';

/** The diarization error rate of some recordings together, and what it is made of, %. */
export function errorValues(
  recordings: readonly OfflineRecording[],
  found: ReadonlyMap<string, readonly Turn[]>,
): { metric: string; value: number; unit: string }[] {
  const errors = recordings.map(({ name, turns, samples }) =>
    diarizationErrors(turns, found.get(name) ?? [], {
      extent: { startSeconds: 0, endSeconds: samples.length / sampleRateHz },
    }),
  );
  const total = errors.reduce((sum, error) => sum + error.total, 0);
  const share = (part: 'missed' | 'falseAlarm' | 'confusion'): number =>
    (100 * errors.reduce((sum, error) => sum + error[part], 0)) / total;
  return [
    { metric: 'error rate', value: 100 * errorRate(errors), unit: '%' },
    { metric: 'missed', value: share('missed'), unit: '%' },
    { metric: 'false alarm', value: share('falseAlarm'), unit: '%' },
    { metric: 'confusion', value: share('confusion'), unit: '%' },
  ];
}
