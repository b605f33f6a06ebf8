import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The resources that a program used. */
export interface ProcessRun {
  stdout: string;
  ms: number;
  /**
   * The time that it and its children used on all cores, ms. Unlike `ms`, it hardly depends on what else the machine
   * does. NaN when the system does not provide it.
   */
  cpuMs: number;
  /** The most memory that it and its children had at the same time, bytes; NaN when the system does not provide it. */
  peakBytes: number;
}

const sampleEveryMs = 400;
/** The kernel counts the processor time of programs in hundredths of a second. */
const msPerTick = 10;

/** Runs a program to its end. When it fails, rejects with what it wrote. */
export function measureProcess(program: string, args: readonly string[]): Promise<ProcessRun> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => {
      output.stdout += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      output.stderr = (output.stderr + part.toString()).slice(-4_000);
    });
    const most = { cpuMs: NaN, bytes: NaN };
    const timer = setInterval(() => {
      const now = usageOf(child.pid!);
      if (!(now.bytes <= most.bytes)) most.bytes = now.bytes;
      if (!(now.cpuMs <= most.cpuMs)) most.cpuMs = now.cpuMs;
    }, sampleEveryMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0)
        resolve({ stdout: output.stdout, ms: performance.now() - startedMs, cpuMs: most.cpuMs, peakBytes: most.bytes });
      else reject(new Error(`${program} ended with ${code}: ${output.stderr}`));
    });
  });
}

/**
 * Returns the processor time and the proportional memory, in which shared memory counts once, of a process and all its
 * descendants. Linux only.
 */
function usageOf(root: number, withMemory = true): { cpuMs: number; bytes: number } {
  let processes: { pid: number; parent: number; cpuMs: number }[];
  try {
    processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => processOf(Number(name)));
  } catch {
    // This system has no /proc.
    return { cpuMs: NaN, bytes: NaN };
  }
  const family = processes.filter(({ pid }) => pid === root);
  for (let index = 0; index < family.length; index++)
    family.push(...processes.filter(({ parent }) => parent === family[index]!.pid));
  return {
    cpuMs: family.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    bytes: withMemory ? family.reduce((sum, { pid }) => sum + proportionalBytes(pid), 0) : NaN,
  };
}

/** Returns the processor time of a process and all its descendants so far, ms; NaN if the system does not tell. */
export function processorTimeMs(root: number): number {
  return usageOf(root, false).cpuMs;
}

/** Reads `/proc/PID/stat`; the times are those of the process and of its children that have ended. */
function processOf(pid: number): { pid: number; parent: number; cpuMs: number }[] {
  const [, rest] = /^.*\) (.*)$/s.exec(readIfThere(`/proc/${pid}/stat`)) ?? [];
  if (rest === undefined) return [];
  const fields = rest.split(' ').map(Number);
  const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
  return [{ pid, parent: fields[1]!, cpuMs: ticks * msPerTick }];
}

function proportionalBytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`));
  return kilobytes ? Number(kilobytes[1]) * 1024 : 0;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended in the meantime.
    return '';
  }
}
