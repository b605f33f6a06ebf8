declare module 'espeak-ng' {
  export interface ESpeakModule {
    FS: { readFile(path: string): Uint8Array };
  }
  /** Runs the command line program; files that it writes are in the module's own file system. */
  export default function ESpeakNg(options: {
    arguments: string[];
    print?: (line: string) => void;
    printErr?: (line: string) => void;
  }): Promise<ESpeakModule>;
}
