// The languages whose words heed knows. To add one, add a line here and a file beside this one (docs/languages.md).
export { german } from './de.ts';
export { english } from './en/index.ts';
export { spanish } from './es.ts';
export { french } from './fr.ts';
