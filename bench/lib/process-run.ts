import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a program took. */
export interface ProcessRun {
  stdout: string;
  ms: number;
  /** Most memory that it and its children had at the same time, bytes; NaN where the system does not tell. */
  peakBytes: number;
}

const sampleEveryMs = 100;

/** Runs a program to its end. Rejects with what it wrote when it fails. */
export function measureProcess(program: string, args: readonly string[]): Promise<ProcessRun> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => { output.stdout += part.toString(); });
    child.stderr.on('data', (part: Buffer) => { output.stderr = (output.stderr + part.toString()).slice(-4_000); });
    let peakBytes = NaN;
    const timer = setInterval(() => {
      const bytes = memoryOf(child.pid!);
      if (!(bytes <= peakBytes)) peakBytes = bytes;
    }, sampleEveryMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve({ stdout: output.stdout, ms: performance.now() - startedMs, peakBytes });
      else reject(new Error(`${program} ended with ${code}: ${output.stderr}`));
    });
  });
}

/** Proportional memory of a process and all below it: what is shared counts once. Linux only. */
function memoryOf(root: number): number {
  let parents: Map<number, number>;
  try {
    parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => parentOf(Number(name))));
  } catch {
    // No /proc on this system.
    return NaN;
  }
  const family = [root];
  for (let index = 0; index < family.length; index++) for (const [pid, parent] of parents) if (parent === family[index]) family.push(pid);
  return family.reduce((sum, pid) => sum + proportionalBytes(pid), 0);
}

function parentOf(pid: number): [pid: number, parent: number][] {
  const parent = /^PPid:\s+(\d+)/m.exec(readIfThere(`/proc/${pid}/status`));
  return parent ? [[pid, Number(parent[1])]] : [];
}

function proportionalBytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`));
  return kilobytes ? Number(kilobytes[1]) * 1024 : 0;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process ended meanwhile.
    return '';
  }
}
