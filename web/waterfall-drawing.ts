import type { Step } from '../src/trace/utterance-trace.ts';
import { element, svg } from './dom.ts';

/** The steps, in the page's words. */
export const stepWords: Record<Step['step'], string> = {
  'speech-end': 'End of speech',
  'reading-started': 'Reading began',
  'reading-ready': 'Text ready',
  endpoint: 'End decided',
  handler: 'Handed to the command',
  done: 'Command done',
};

/** Shows when each step came, in a table whose bars show the time since the step before. */
export function waterfallTable(steps: readonly Step[]): HTMLTableElement {
  const lastMs = Math.max(1, ...steps.map(({ at_ms }) => at_ms));
  const rows = steps.map(({ step, at_ms }, index) => {
    const fromMs = Math.max(0, steps[index - 1]?.at_ms ?? 0);
    const bar = svg(
      'svg',
      { class: `step-bar ${step}`, viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('rect', { class: 'step-track', x: '0', y: '4', width: '100', height: '2' }),
      svg('rect', {
        x: `${(fromMs / lastMs) * 100}`,
        y: '1',
        width: `${Math.max(0.6, ((at_ms - fromMs) / lastMs) * 100)}`,
        height: '8',
      }),
    );
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, stepWords[step]),
      element('td', { class: 'step-ms' }, `${Math.round(at_ms)} ms`),
      element('td', { class: 'step-picture' }, bar),
    );
  });
  return element(
    'table',
    { class: 'waterfall' },
    element('caption', {}, 'Latency since the end of speech'),
    element('tbody', {}, ...rows),
  );
}
