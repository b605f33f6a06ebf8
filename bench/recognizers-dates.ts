// The share of Recognizers-Text's own specifications of dates and times, in four languages, that `date()` and
// `time()` read rightly. `--data DIR` is that project, with its `Specs` folder; `--misses` names the wrong ones of the
// even half.
import { parseArgs } from 'node:util';
import { Report } from './lib/report.ts';
import { scoreDates } from './lib/recognizers-dates.ts';

const { values } = parseArgs({
  options: { data: { type: 'string' }, json: { type: 'boolean' }, misses: { type: 'boolean' } },
});
const report = new Report({ bench: 'recognizers-dates', json: values.json === true });
const onMiss = (text: string): void => {
  if (values.misses) console.error(text);
};
for (const { language, kind, even, odd, leftOut } of scoreDates(values.data ?? '.', onMiss)) {
  report.add({
    identity: { language, kind },
    n: even.asked + odd.asked,
    values: [
      { metric: 'right of the even ones', value: (100 * even.right) / even.asked, unit: '%' },
      { metric: 'right of the odd ones', value: (100 * odd.right) / odd.asked, unit: '%' },
      { metric: 'wrong', value: even.asked + odd.asked - even.right - odd.right, unit: '' },
      ...Object.entries(leftOut).map(([reason, count]) => ({ metric: `left out: ${reason}`, value: count, unit: '' })),
    ],
  });
}
report.finish();
