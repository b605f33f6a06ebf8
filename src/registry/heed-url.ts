/**
 * The address of the running heed, for `import … from 'heed'` in command files: the built JavaScript or, in tests, the
 * TypeScript source.
 */
export const heedUrl = new URL(import.meta.url.endsWith('.ts') ? '../index.ts' : '../index.js', import.meta.url).href;
