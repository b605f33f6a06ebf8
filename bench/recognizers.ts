// The share of Recognizers-Text's own specifications of numbers, percentages, ordinals, durations, dates and times, in
// four languages, that the slots read rightly. `--data DIR` is that project, with its `Specs` folder; `--misses` names
// the wrong ones of the even half.
import { parseArgs } from 'node:util';
import { scoreDates } from './lib/recognizers-dates.ts';
import { scoreNumbers } from './lib/recognizers-numbers.ts';
import { Report } from './lib/report.ts';

const { values } = parseArgs({
  options: { data: { type: 'string' }, json: { type: 'boolean' }, misses: { type: 'boolean' } },
});
const report = new Report({ bench: 'recognizers', json: values.json === true });
const onMiss = (text: string): void => {
  if (values.misses) console.error(text);
};
const dir = values.data ?? '.';
for (const { language, kind, even, odd, leftOut } of [...scoreNumbers(dir, onMiss), ...scoreDates(dir, onMiss)]) {
  const left = Object.entries(leftOut).map(([reason, count]) => `${count} ${reason}`);
  report.add({
    identity: { language, kind, 'left out': left.join(', ') },
    n: even.asked + odd.asked,
    values: [
      { metric: 'right of the even ones', value: (100 * even.right) / Math.max(1, even.asked), unit: '%' },
      { metric: 'right of the odd ones', value: (100 * odd.right) / Math.max(1, odd.asked), unit: '%' },
      { metric: 'wrong', value: even.asked + odd.asked - even.right - odd.right, unit: '' },
    ],
  });
}
report.finish();
