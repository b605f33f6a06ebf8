// Random histories of commands, questions and answers: how many commands of high risk ran, and how many of them without
// a proof of their own, which must be none; then the same for commands that only some voices may give.
// Usage: node --import tsx bench/histories.ts [N], default 100000.
import { playHistories } from './lib/histories.ts';
import { playVoiceHistories } from './lib/voice-histories.ts';

const histories = Number(process.argv[2] ?? 100_000);
const startedMs = performance.now();
const { runs, others, violations } = await playHistories({
  histories,
  onProgress: (done) => process.stderr.write(`\r${done}`),
});
console.log(
  `${histories} histories, ${runs} runs of high risk, ${others} refused or failed, ` +
    `${violations.length} without a proof, ${Math.round((performance.now() - startedMs) / 1000)} s`,
);
for (const violation of violations.slice(0, 20)) console.log(violation);
process.exitCode = violations.length === 0 ? 0 : 1;
const voices = await playVoiceHistories({ histories });
console.log(
  `${histories} histories of voices, ${voices.runs} runs, ${voices.others} refused or failed, ` +
    `${voices.violations.length} without a voice that may`,
);
for (const violation of voices.violations.slice(0, 20)) console.log(violation);
if (voices.violations.length > 0) process.exitCode = 1;
