export { LastResort, loadSentenceModel } from './last-resort.ts';
export { Suggester, type Unmatched } from './suggester.ts';
export type { SentenceModel } from './sentence-model.ts';
