// The languages whose words heed knows. To add one, add a line here and a file beside this one (docs/languages.md).
export { german } from './de.ts';
export { english } from './en/index.ts';
export { spanish } from './es.ts';
export { french } from './fr.ts';
export { italian } from './it.ts';
export { japanese } from './ja.ts';
export { dutch } from './nl.ts';
export { polish } from './pl.ts';
export { portuguese } from './pt.ts';
export { swedish } from './sv.ts';
export { chinese } from './zh.ts';
