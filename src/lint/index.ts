export { adviceText, type Advice, type Rule } from './advice.ts';
export { Linter } from './linter.ts';
