export type { Advice, Rule } from './advice.ts';
export { Linter } from './linter.ts';
