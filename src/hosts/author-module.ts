import type { AuthorModule } from '../registry/importer.ts';
import { slotMakers } from './remembered.ts';

const isSource = import.meta.url.endsWith('.ts');

/** Returns the address of a module of heed's: the built JavaScript or, in tests, the TypeScript source. */
function urlOf(name: string): string {
  return new URL(`${name}${isSource ? '.ts' : '.js'}`, import.meta.url).href;
}

/** What almost every command needs. All of heed takes several times as long to load, and that process starts often. */
const usual: Record<string, readonly string[]> = {
  '../registry/define-command': ['defineCommand'],
  '../registry/command': ['CommandError'],
  '../errors': ['HeedError', 'errorCodes'],
};

const slots = slotMakers.map(([name]) => `export const ${name} = remembered('${name}');`).join(' ');
const makers = `import { remembered } from ${JSON.stringify(urlOf('./remembered'))}; ${slots}`;
const exportsOf = ([file, names]: [string, readonly string[]]): string =>
  `export { ${names.join(', ')} } from ${JSON.stringify(urlOf(file))};`;
const small = `${Object.entries(usual).map(exportsOf).join(' ')} ${makers}`;
const whole = `export * from ${JSON.stringify(urlOf('../index'))}; ${makers}`;
const smallNames = new Set([...Object.values(usual).flat(), ...slotMakers.map(([name]) => name)]);

/**
 * The module that command files get as `heed` where they are imported in a process of their own. Slots that are made
 * there remember how, so that the gateway can make the same ones.
 */
export const authorModule: AuthorModule = (source) => ({ contents: needsWhole(source) ? whole : small });

/** Whether a file uses more of heed than almost every command does. */
function needsWhole(source: string): boolean {
  const imports = [...source.matchAll(/\bimport\s*(type\s*)?\{([^}]*)\}\s*from\s*['"]heed['"]/g)];
  const mentions = [...source.matchAll(/['"]heed['"]/g)];
  const names = imports
    .filter(([, isType]) => isType === undefined)
    .flatMap(([, , list]) => list!.split(','))
    .map((name) => name.trim().split(/\s+as\s+/)[0]!)
    .filter((name) => name !== '' && !name.startsWith('type '));
  return mentions.length !== imports.length || !names.every((name) => smallNames.has(name));
}
