import { createServer } from 'node:net';
import type { Command } from 'commander';
import type { Heed } from '../heed.ts';
import type { CliHost } from './host.ts';
import type { TranscriberInfo } from '../transcribe/index.ts';
import { sampleRateHz } from '../types.ts';
import {
  adviceText,
  exitCodes,
  heedOptions,
  printJson,
  problemText,
  verb,
  withSpeech,
  type CommonOptions,
} from './program.ts';

/** The result of one check, with an explanation in plain words. */
export interface Finding {
  check: string;
  ok: boolean;
  detail: string;
  /** Where the fault is; lines count from 1. */
  file?: string;
  line?: number;
  /** Set when nothing is wrong but something could be better. */
  advice?: true;
}

/** `heed doctor` tells in plain words what works on this machine. */
export function doctorVerb({ done, createHeed }: CliHost): Command {
  return withSpeech(
    verb('doctor', 'Tell in plain words what works on this machine', ['heed doctor', 'heed doctor --json']),
  ).action(async (options: CommonOptions) => {
    const heed = await createHeed(heedOptions(options, { transcribe: { workers: 1 } }));
    try {
      const findings = await examine(heed);
      for (const finding of findings) {
        if (options.json === true) printJson(finding);
        else
          console.log(`${finding.advice ? '!' : finding.ok ? '✓' : '✗'} ${finding.check.padEnd(9)} ${finding.detail}`);
      }
      done(findings.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed);
    } finally {
      await heed.close();
    }
  });
}

async function examine(heed: Heed): Promise<Finding[]> {
  return [
    { check: 'node', ok: true, detail: `Node ${process.versions.node} on ${process.platform} ${process.arch}` },
    ...(await examineEars(heed)),
    ...examineCommands(heed),
    ...examineWriting(heed),
    await examinePort(heed),
  ];
}

async function examineEars(heed: Heed): Promise<Finding[]> {
  try {
    const { transcriber, vad, modelChoice } = await heed.ears();
    const stream = vad.openStream();
    const silence = await stream.probability({ samples: new Float32Array(512), startSample: 0 });
    stream.close();
    const audio = transcriber.open('doctor');
    audio.append(new Float32Array(sampleRateHz));
    const { inferenceMs } = await audio.read({ segmentId: 'doctor', priority: 'final' });
    audio.close();
    const { model, multilingual } = transcriber.info;
    return [
      ...describeEngine(transcriber.info),
      {
        check: 'model',
        ok: true,
        detail:
          `${model} (${multilingual ? 'many languages' : 'English only'}) is installed and verified; ` +
          `reading one second of audio takes ${Math.round(inferenceMs)} ms` +
          (modelChoice === undefined ? '' : `; chosen by heed: ${modelChoice}`),
      },
      {
        check: 'vad',
        ok: silence < 0.5,
        detail: `${heed.config.vad.engine} gives silence a speech probability of ${silence.toFixed(2)}`,
      },
    ];
  } catch (error) {
    return [{ check: 'engine', ok: false, detail: error instanceof Error ? error.message : String(error) }];
  }
}

/** What reads, and why that is no GPU, if one was wanted. */
export function describeEngine({ backend, device, gpuProblem, system }: TranscriberInfo): Finding[] {
  const where = device === undefined ? backend : `${backend} on ${device}`;
  const engine = {
    check: 'engine',
    ok: true,
    detail: `the whisper.cpp addon works with the backend ${where}; ${system}`,
  };
  if (gpuProblem === undefined) return [engine];
  return [engine, { check: 'gpu', ok: true, advice: true, detail: `the CPU reads, as the GPU cannot: ${gpuProblem}` }];
}

/** What the commands are, or everything that is wrong with them, each with its place. */
export function examineCommands({ registry, config }: Pick<Heed, 'registry' | 'config'>): Finding[] {
  const { commands, problems } = registry;
  const { dir } = config.commands;
  if (problems.length > 0)
    return problems.map((problem) => ({
      check: 'commands',
      ok: false,
      detail: problemText(problem),
      ...(problem.file === undefined ? {} : { file: problem.file }),
      ...(problem.line === undefined ? {} : { line: problem.line }),
    }));
  if (commands.length === 0)
    return [
      {
        check: 'commands',
        ok: false,
        detail: `there is none in ${dir}/: \`heed init\` adds an example, \`heed new NAME\` one to start from`,
      },
    ];
  const names = commands.map(({ name }) => name).join(', ');
  return [{ check: 'commands', ok: true, detail: `${commands.length} from ${dir}/: ${names}` }];
}

/** Advice is no fault: the commands work, and would work better if they were written differently. */
function examineWriting({ linter }: Pick<Heed, 'linter'>): Finding[] {
  return linter.advice.map((advice) => ({
    check: advice.rule,
    ok: true,
    advice: true,
    detail: adviceText(advice),
    ...(advice.file === undefined ? {} : { file: advice.file }),
    ...(advice.line === undefined ? {} : { line: advice.line }),
  }));
}

async function examinePort(heed: Heed): Promise<Finding> {
  const { host, port } = heed.config.server;
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, host, () => probe.close(() => resolve(true)));
  });
  const address = `http://${host}:${port}/`;
  return {
    check: 'page',
    ok: true,
    detail: isFree
      ? `the page will be at ${address} (heed dev prints the full address)`
      : `${address} is in use, by heed or by another program`,
  };
}
