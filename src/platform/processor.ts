import { readFileSync } from 'node:fs';

/** What decides which of the prebuilt addons run on a machine. */
export interface Machine {
  /** As in the names of the packages: `linux-x64`, `darwin-arm64`. */
  platform: string;
  /** The processor's features under the names that Linux gives them; undefined where the system does not list them. */
  features: ReadonlySet<string> | undefined;
  /** The version of the GNU C library; undefined where there is none, as on Alpine, macOS and Windows. */
  glibc: string | undefined;
}

/** Describes the machine that this process runs on. */
export function thisMachine(): Machine {
  return {
    platform: `${process.platform}-${process.arch}`,
    features: process.platform === 'linux' ? featuresIn(readCpuInfo()) : undefined,
    glibc: glibcVersion(),
  };
}

/** Returns the features of the first processor in the text of `/proc/cpuinfo`; x86 calls them flags. */
export function featuresIn(cpuInfo: string): ReadonlySet<string> {
  const [, list = ''] = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(cpuInfo) ?? [];
  return new Set(list.split(' ').filter((feature) => feature !== ''));
}

/** Without the file, which containers may hide, no feature counts as present. */
function readCpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}

function glibcVersion(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  // Without this, the report looks up the names of the open connections, which can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime;
}
