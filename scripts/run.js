import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

/**
 * Runs a program with its output on this terminal, and returns its exit code.
 * @param {string[]} args
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/**
 * Runs a program with its output in a log file. Rejects with the last lines of the log if the program fails.
 * @param {{ log: string, onLine?: (line: string) => void, env?: NodeJS.ProcessEnv, cwd?: string }} options
 */
export function runLogged(program, args, { log, onLine, ...options }) {
  return new Promise((resolve, reject) => {
    const file = createWriteStream(log);
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const tail = [];
    let rest = '';
    const take = (chunk) => {
      file.write(chunk);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        tail.push(line);
        if (tail.length > 30) tail.shift();
        onLine?.(line);
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', (code) => {
      file.end();
      if (code === 0) resolve();
      else {
        const command = `${program} ${args.join(' ')}`;
        const end = tail.join('\n');
        reject(new Error(`${command} failed (exit ${code}). The whole log is in ${log}; its end:\n${end}`));
      }
    });
  });
}

/** Runs npm like `runLogged`: the one that has started this program, else the one on the path. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm ? runLogged(process.execPath, [npm, ...args], options) : runLogged('npm', args, options);
}

/** Returns what a program prints for `--version`, or undefined if it does not run or fails. */
export function answers(program, args = ['--version']) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? output : undefined));
  });
}
