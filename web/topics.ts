import { cut } from './cut.ts';

/** The last value of a `state` topic. */
export interface Topic {
  name: string;
  value: unknown;
}

/** One line of a topic's card: a name and its value, or the heading of a nested object. */
export interface TopicRow {
  /** Where the value is, such as `rooms.kitchen`; distinguishes the rows of a card. */
  path: string;
  /** How deep the value is nested; 0 for the topic's own fields. */
  depth: number;
  /** The field's name in words; empty where the topic itself is a plain value. */
  label: string;
  kind: 'yes' | 'no' | 'number' | 'text' | 'time' | 'nothing' | 'list' | 'group' | 'more';
  text: string;
  /** The values of a plain list, each in words. */
  items: string[];
}

/** Topics and rows beyond these are left out, so that a handler's large state cannot fill the page. */
export const maxTopics = 60;
export const maxRows = 40;
/** Lines beyond these are not even counted: walking through all of a huge value is not worth the time. */
const maxCounted = 10 * maxRows;
const maxItems = 12;
const maxDepth = 4;
const maxValueLength = 240;
const maxItemLength = 60;

/** Returns the topics with a new value of one of them; a new topic comes last. */
export function setTopic(topics: readonly Topic[], name: string, value: unknown): Topic[] {
  const topic = { name, value };
  if (topics.some((known) => known.name === name)) return topics.map((known) => (known.name === name ? topic : known));
  return topics.length < maxTopics ? [...topics, topic] : [...topics];
}

/** Returns the lines of a topic's card. */
export function rowsOf(value: unknown): TopicRow[] {
  const rows: TopicRow[] = [];
  addRows(rows, { path: '', depth: 0, label: '' }, value);
  if (rows.length <= maxRows) return rows;
  const left = rows.length > maxCounted ? 'many' : rows.length - maxRows;
  return [...rows.slice(0, maxRows), row({ path: '…', depth: 0, label: '' }, 'more', `and ${left} more lines`)];
}

type Place = Pick<TopicRow, 'path' | 'depth' | 'label'>;

function row(place: Place, kind: TopicRow['kind'], text: string, items: string[] = []): TopicRow {
  return { ...place, kind, text, items };
}

function addRows(rows: TopicRow[], place: Place, value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    rows.push(plainRow(place, value));
    return;
  }
  const entries = Object.entries(value);
  const isList = Array.isArray(value);
  if (entries.length === 0) rows.push(row(place, 'nothing', isList ? 'empty' : 'nothing'));
  else if (isList && value.every(isPlain)) rows.push(listRow(place, value));
  else if (place.depth >= maxDepth) rows.push(row(place, 'text', cut(JSON.stringify(value), maxValueLength)));
  else {
    if (place.path !== '') rows.push(row(place, 'group', ''));
    const depth = place.path === '' ? place.depth : place.depth + 1;
    for (const [key, inner] of entries) {
      if (rows.length > maxCounted) return;
      const path = place.path === '' ? key : `${place.path}.${key}`;
      addRows(rows, { path, depth, label: isList ? String(Number(key) + 1) : wordsOf(key) }, inner);
    }
  }
}

function plainRow(place: Place, value: unknown): TopicRow {
  if (typeof value === 'boolean') return row(place, value ? 'yes' : 'no', value ? 'yes' : 'no');
  if (typeof value === 'number') return row(place, 'number', numberWords(value));
  if (typeof value !== 'string') return row(place, 'nothing', 'none');
  if (value === '') return row(place, 'nothing', 'empty');
  return isTime(value) ? row(place, 'time', value) : row(place, 'text', cut(value, maxValueLength));
}

function listRow(place: Place, values: readonly unknown[]): TopicRow {
  const items = values.slice(0, maxItems).map((value) => cut(plainRow(place, value).text, maxItemLength));
  const left = values.length - items.length;
  return row(place, 'list', '', left > 0 ? [...items, `and ${left} more`] : items);
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** Whether a text is a time as `Date.toISOString` writes it, so that it can be shown as people write times. */
function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Leaves out the digits that are only there because a fraction is stored in binary, as in 0.1 + 0.2. */
function numberWords(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** Writes a field's name as words: `endsAt` and `ends_at` become "ends at". */
export function wordsOf(key: string): string {
  const words = key
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)
    .replace(/[_-]+/g, ' ')
    .trim();
  return cut(words === '' ? key : words, maxItemLength);
}
