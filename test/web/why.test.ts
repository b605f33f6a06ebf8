import { describe, expect, test, vi } from 'vitest';
import type { UtteranceTrace } from '../../src/trace/utterance-trace.ts';
import { spokenSummary } from '../../web/vad-drawing.ts';
import { Requests } from '../../web/requests.ts';
import { WhyRequests } from '../../web/why-requests.ts';
import { commandWords, endpointWords } from '../../web/why-trace.ts';

type Endpoint = UtteranceTrace['endpoint'];

test.each<[Endpoint['reason'], string, string]>([
  ['complete', 'a whole command that nothing can extend', 'It ended at once: a whole command that nothing can extend.'],
  ['silence', '', 'It ended after a silence.'],
  ['flush', '', 'It ended when Talk was released or the audio was over.'],
  ['max-length', '', 'It was cut: too long for one phrase.'],
])('the end by %s is explained', (reason, because, words) => {
  expect(endpointWords({ endpoint: { reason, because } } as UtteranceTrace)).toBe(words);
});

test('a command is written as in a case file', () => {
  expect([commandWords({ command: 'help', args: {} }), commandWords({ command: 'dim', args: { level: 5 } })]).toEqual([
    'help',
    'dim {"level":5}',
  ]);
});

test('the picture of the voice is described in words', () => {
  const vad = {
    start: 0,
    frame_ms: 32,
    probabilities: [...Array<number>(50).fill(0.9), ...Array<number>(50).fill(0.1)],
    levels: [],
    positive_threshold: 0.5,
    negative_threshold: 0.35,
  };
  expect(spokenSummary({ vad, start: 0.25, end: 1.9, early: [{ at: 1.8 }] })).toBe(
    'Speech probability over 3.2 seconds: the segment lasts from 0.3 to 1.9 seconds, ' +
      '1.6 seconds of it are speech, with 1 pause in which it was read early.',
  );
});

describe('the requests', () => {
  const requestsOf = (token: string): WhyRequests => new WhyRequests(new Requests(token));
  const answer = (status: number, body: unknown): void => {
    vi.stubGlobal(
      'fetch',
      vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status }))),
    );
  };

  test('carry the token, also in the address of the audio', async () => {
    answer(200, { utterances: [] });
    const requests = requestsOf('a&b');
    expect(await requests.list('s')).toEqual([]);
    expect(fetch).toHaveBeenCalledWith('v1/utterances?session=s&token=a%26b', {});
    expect(requests.audioUrl('u')).toBe('v1/utterances/u/audio?token=a%26b');
  });

  test('post what is expected of an utterance', async () => {
    answer(201, { name: 'lamp-1' });
    expect(await requestsOf('t').save('u', { say: 'lamp on' })).toBe('lamp-1');
    expect(fetch).toHaveBeenCalledWith(
      'v1/cases?token=t',
      expect.objectContaining({ method: 'POST', body: '{"utterance":"u","expected":{"say":"lamp on"}}' }),
    );
  });

  test('fail with the message of the server', async () => {
    answer(404, { error: { code: 'not-found', message: 'It is not kept any more.' } });
    await expect(requestsOf('t').trace('u')).rejects.toThrow('It is not kept any more.');
  });
});
