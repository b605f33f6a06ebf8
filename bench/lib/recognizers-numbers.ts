import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileGrammar, duration, number, ordinal, percent, tokenize, type Slot } from '../../src/grammar/index.ts';

/** One specification of Recognizers-Text, as far as it matters here. */
interface Specification {
  Results?: readonly {
    Text: string;
    TypeName?: string;
    Resolution?: { value?: string | null; subtype?: string };
    Value?: { Timex?: string; Mod?: string; FutureResolution?: Record<string, string> };
  }[];
}

type Result = NonNullable<Specification['Results']>[number];

/** How many of the marked spans of one kind are read rightly, and why the others were not asked. */
export interface NumberScore {
  language: string;
  kind: string;
  /** The specifications with an even and with an odd number, from 0: those to develop on, and those to judge by. */
  even: { asked: number; right: number };
  odd: { asked: number; right: number };
  leftOut: Record<string, number>;
}

interface Kind {
  file: string;
  slot: Slot<number>;
  /** Returns the value of a specification, or why it is not asked. */
  value: (result: Result) => number | string;
}

const languages = { English: 'en', German: 'de', French: 'fr', Spanish: 'es' };

/** The value must be one that the slot can have. */
function inRange(value: number, { min, max, step }: { min: number; max: number; step: number }): number | string {
  if (value < min || value > max) return 'out of range';
  const steps = value / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6 && (steps === 0 || Math.abs(steps) > 0.5)
    ? value
    : 'between two steps';
}

function written(value: string | null | undefined): number {
  return Number((value ?? 'none').replace(',', '.').replace('%', ''));
}

const numbers = { min: -1e12, max: 1e12, step: 0.001 };
const percentages = { min: 0, max: 1000, step: 0.1 };
const kinds: Record<string, Kind> = {
  number: {
    file: 'Number/*/NumberModel.json',
    slot: number(numbers),
    value: ({ Resolution }) =>
      Resolution?.subtype === 'power'
        ? 'a power'
        : Resolution?.subtype === 'fraction'
          ? 'a fraction'
          : inRange(written(Resolution?.value), numbers),
  },
  fraction: {
    file: 'Number/*/NumberModel.json',
    slot: number(numbers),
    value: ({ Resolution }) =>
      Resolution?.subtype === 'fraction' ? inRange(written(Resolution.value), numbers) : 'no fraction',
  },
  percentage: {
    file: 'Number/*/PercentModel.json',
    slot: percent(percentages),
    value: ({ Resolution }) =>
      Number.isNaN(written(Resolution?.value)) ? 'no value' : inRange(written(Resolution?.value), percentages),
  },
  ordinal: {
    file: 'Number/*/OrdinalModel.json',
    slot: ordinal({ max: 1000 }),
    value: ({ TypeName, Resolution }) =>
      TypeName === 'ordinal' ? inRange(written(Resolution?.value), { min: 1, max: 1000, step: 1 }) : 'relative',
  },
  duration: {
    file: 'DateTime/*/DurationParser.json',
    slot: duration(),
    value: ({ Value }) =>
      /^P[^T]*[YM]|BD|WE/.test(Value?.Timex ?? '')
        ? 'months, years or working days'
        : Value?.Mod !== undefined
          ? 'more or less than that'
          : written(Value?.FutureResolution?.['duration']) || 'no value',
  },
};

/**
 * Gives each slot the spans that the specifications of its kind mark.
 * @param dataDir the folder of Recognizers-Text, with `Specs`
 * @param onMiss called with each wrong one of the even ones
 */
export function scoreNumbers(dataDir: string, onMiss: (text: string) => void = () => undefined): NumberScore[] {
  return Object.entries(languages).flatMap(([folder, language]) =>
    Object.entries(kinds).flatMap(([name, kind]) => {
      const path = join(dataDir, 'Specs', kind.file.replace('*', folder));
      if (!existsSync(path)) return [];
      const score: NumberScore = {
        language,
        kind: name,
        even: { asked: 0, right: 0 },
        odd: { asked: 0, right: 0 },
        leftOut: {},
      };
      const read = readerOf(kind.slot, language);
      const all = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as Specification[];
      for (const [i, { Results = [] }] of all.entries()) {
        const half = i % 2 === 0 ? score.even : score.odd;
        for (const result of Results) {
          const wanted = kind.value(result);
          if (typeof wanted === 'string') score.leftOut[wanted] = (score.leftOut[wanted] ?? 0) + 1;
          else {
            const got = read(result.Text);
            half.asked++;
            if (got !== undefined && Math.abs(got - wanted) < 1e-6 * Math.max(1, Math.abs(wanted))) half.right++;
            else if (i % 2 === 0) onMiss(`${language} ${name}: “${result.Text}” is ${wanted}, not ${String(got)}`);
          }
        }
      }
      return [score];
    }),
  );
}

function readerOf(slot: Slot<number>, language: string): (text: string) => number | undefined {
  const { grammar } = compileGrammar([{ name: 'read', phrases: ['zz {x}'], slots: { x: slot } }], { language });
  return (text) => grammar.walk(tokenize(`zz ${text}`)).parses[0]?.args['x'] as number | undefined;
}
