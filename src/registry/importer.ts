import { heedUrl } from './heed-url.ts';
import { importDefault } from './import-command.ts';

/**
 * Returns the module that `import … from 'heed'` leads to in a file with this source: the address of one that exists,
 * or the text of another.
 */
export type AuthorModule = (source: string) => { url: string } | { contents: string };

/** The default export of a file, or the error that kept it from being imported. */
export type Imported = { value: unknown } | { error: unknown };

/** Imports compiled command files, in this process or in another one. */
export interface Importer {
  readonly authorModule: AuthorModule;
  /**
   * Imports files by their addresses, one after the other. A file that fails does not stop the others. Never rejects.
   */
  importAll(urls: readonly string[]): Promise<Map<string, Imported>>;
  /** These files of a folder are in use from now on, and no others of that folder. */
  keep(dir: string, urls: readonly string[]): void;
}

/** Imports files into this process. A file may take so long, ms. */
export function localImporter(timeoutMs: number): Importer {
  return {
    authorModule: () => ({ url: heedUrl }),
    async importAll(urls) {
      // A built heed is already loaded at this point. Loading it from TypeScript sources takes a while, which must not
      // count against a file's time.
      await import(heedUrl);
      const imported = new Map<string, Imported>();
      for (const url of urls)
        imported.set(
          url,
          await importDefault(url, timeoutMs).then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          ),
        );
      return imported;
    },
    keep: () => undefined,
  };
}
