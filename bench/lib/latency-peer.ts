import { availableParallelism } from 'node:os';
import type { Heed } from '../../src/index.ts';
import { ensureModel } from '../../src/models/index.ts';
import { answered, type Judge } from './latency-live.ts';
import type { Outcome } from './latency-rows.ts';
import { Playback } from './live.ts';
import { WhisperServer } from './peers.ts';
import type { Speech } from './speeches.ts';
import { VadNode } from './vad-node.ts';

/**
 * The peer's texts go through heed's own matcher, so that both are judged in the same way; the time for that is not
 * counted.
 */
export async function speakToPeer(
  heed: Heed,
  peer: WhisperServer,
  { samples, endSample }: Speech,
  judge: Judge,
): Promise<Outcome> {
  const segments: { endedMs: number; text: Promise<{ atMs: number; text: string }> }[] = [];
  let onText: () => void;
  const heard = new Promise<void>((resolve) => {
    onText = resolve;
  });
  const vad = await VadNode.open((segment) => {
    const endedMs = performance.now();
    segments.push({ endedMs, text: peer.transcribe(segment).then((text) => ({ atMs: performance.now(), text })) });
    if (endedMs >= endMs) void segments.at(-1)!.text.then(() => onText());
  });
  const playback = new Playback(samples, (message) => vad.push(message));
  const endMs = playback.recordedAtMs(endSample);
  await answered(playback, heard);
  await vad.settled();
  const texts = await Promise.all(segments.map(async ({ text }) => await text));
  const last = texts.find(({ atMs }) => atMs >= endMs);
  const understood = texts.map(({ text }) => heed.understand(text)).filter(({ match }) => match !== undefined);
  const isCut = segments.some(({ endedMs }) => endedMs < endMs);
  return {
    kind: understood[0]?.completeness ?? 'none',
    ...(last ? { delayMs: last.atMs - endMs } : {}),
    isRight: judge(understood.map(({ match }) => match!)),
    isEarly: false,
    isPremature: understood.length > 0 && isCut,
    isCut,
  };
}

/** Starts whisper-server with heed's model. */
export async function startPeer(heed: Heed): Promise<WhisperServer> {
  const modelPath = await ensureModel(heed.config.transcribe.model, heed.config.models);
  return await WhisperServer.start({ modelPath, threads: availableParallelism() });
}
