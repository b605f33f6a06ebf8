import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { date, time, tokenize, type Slot } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';

/** One specification of Recognizers-Text, as far as it matters here. */
interface Specification {
  Input: string;
  Context?: { ReferenceDateTime?: string };
  Results: readonly {
    Text: string;
    Value?: { FutureResolution: Record<string, string>; PastResolution: Record<string, string> };
  }[];
}

/** How many specifications of one file are right; and why the others were not asked. */
export interface DateScore {
  language: string;
  kind: 'date' | 'time';
  /** The specifications with an even and with an odd number, from 0: those to develop on, and those to judge by. */
  even: { asked: number; right: number };
  odd: { asked: number; right: number };
  leftOut: { 'no or several values': number; 'no day to count from': number };
}

const languages = { English: 'en', German: 'de', French: 'fr', Spanish: 'es' };
/** What the specifications give for a day that does not exist. */
const noDate = '0001-01-01';

/**
 * Asks `date()` and `time()` for the words of each specification that have exactly one value. A date must be right both
 * as the next and as the last one. Dates whose specification names no day to count from are left out.
 * @param dataDir the folder of Recognizers-Text, with `Specs/DateTime`
 * @param onMiss called with each wrong one of the even ones
 */
export function scoreDates(dataDir: string, onMiss: (text: string) => void = () => undefined): DateScore[] {
  const files = Object.entries(languages).flatMap(([folder, language]) =>
    (['date', 'time'] as const).map((kind) => ({ folder, language, kind })),
  );
  return files.flatMap(({ folder, language, kind }) => {
    const file = join(dataDir, 'Specs/DateTime', folder, kind === 'date' ? 'DateParser.json' : 'TimeParser.json');
    if (!existsSync(file)) return [];
    const score: DateScore = {
      language,
      kind,
      even: { asked: 0, right: 0 },
      odd: { asked: 0, right: 0 },
      leftOut: { 'no or several values': 0, 'no day to count from': 0 },
    };
    const all = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as Specification[];
    for (const [i, specification] of all.entries()) {
      const [result, ...others] = specification.Results;
      const reference = specification.Context?.ReferenceDateTime;
      if (!result?.Value || others.length > 0) score.leftOut['no or several values']++;
      else if (kind === 'date' && reference === undefined) score.leftOut['no day to count from']++;
      else {
        const wanted = [result.Value.FutureResolution[kind]!, result.Value.PastResolution[kind]!];
        const got = answersOf(kind, result.Text, { language, reference });
        const isRight = wanted.every((value, n) => (value === noDate ? got[n] === undefined : got[n] === value));
        const half = i % 2 === 0 ? score.even : score.odd;
        half.asked++;
        if (isRight) half.right++;
        else if (i % 2 === 0) onMiss(`${language} ${kind}: “${result.Text}” is ${wanted[0]!}, not ${String(got[0])}`);
      }
    }
    return [score];
  });
}

function answersOf(
  kind: DateScore['kind'],
  text: string,
  { language, reference }: { language: string; reference: string | undefined },
): (string | undefined)[] {
  const now = (): Date => new Date(reference ?? 0);
  const read = (slot: Slot<string>): string | undefined => slot.parse(tokenize(text), languageOf(language));
  if (kind === 'date') return [read(date({ now })), read(date({ now, prefer: 'past' }))];
  const said = read(time({ now }));
  const whole = said?.length === 5 ? `${said}:00` : said;
  return [whole, whole];
}
