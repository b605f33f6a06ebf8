import { confusionsOf, verdictOf, type Confusion, type Spoken, type Verdict } from './confusions.ts';

const columns: readonly Verdict[] = ['right', 'other values', 'other command', 'nothing', 'obeyed'];
/** How many confusions are shown. */
const maxShown = 20;

/** Returns the results as text: how many sentences were right in which noise, and what was taken for what. */
export function resultText(results: readonly Spoken[]): string {
  const conditions = [...new Set(results.map(({ snrDb }) => snrDb))];
  const rows = conditions.map((snrDb) => {
    const verdicts = results.filter((result) => result.snrDb === snrDb).map(verdictOf);
    return [
      conditionText(snrDb),
      ...columns.map((column) => String(verdicts.filter((verdict) => verdict === column).length)),
      String(verdicts.length),
    ];
  });
  const confusions = confusionsOf(results);
  return [
    table([['', ...columns, 'in all'], ...rows]),
    ...(confusions.length === 0 ? [] : ['', 'What was taken for what:', ...shown(confusions)]),
  ].join('\n');
}

function shown(confusions: readonly Confusion[]): string[] {
  const lines = confusions.slice(0, maxShown).map(({ of, meant, came, count, total, example }) => {
    const where = `${example.voice}, ${conditionText(example.snrDb)}`;
    const heard = `as in “${example.sentence.say}” heard “${example.heard}” (${where})`;
    return `  ${of} ${meant} → ${came}: ${count} of ${total}, ${heard}`;
  });
  const left = confusions.length - lines.length;
  return left > 0 ? [...lines, `  … and ${left} more`] : lines;
}

function conditionText(snrDb: number | undefined): string {
  return snrDb === undefined ? 'quiet' : `${snrDb} dB`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[at]!))).join('  '))
    .join('\n');
}
