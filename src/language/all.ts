// The languages that heed knows words of: a further one is a line here, and a file beside this one (docs/languages.md).
export { german } from './de.ts';
export { english } from './en/index.ts';
export { spanish } from './es.ts';
export { french } from './fr.ts';
