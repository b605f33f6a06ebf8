import { expect, test, vi } from 'vitest';
import { hashPin } from '../../src/config/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import { SessionStage, settle } from './stage.ts';

const pin = await hashPin('4711');

test('a PIN that is spoken confirms, and its words are in no event', async () => {
  const ran: string[] = [];
  const stage = new SessionStage({
    dispatch: { pin },
    commands: {
      wipe: defineCommand({
        phrases: ['wipe the disk'],
        risk: 'high',
        run: () => {
          ran.push('wipe');
        },
      }),
    },
  });
  await stage.phrase('Wipe the disk.');
  expect(stage.of('prompt')).toMatchObject([{ kind: 'confirm', pin: 'accepted' }]);
  const before = stage.events.length;
  await stage.phrase('Four seven one one.');
  await vi.waitUntil(() => ran.length > 0, { timeout: 10_000 });
  await settle();
  const events = stage.events.slice(before);
  expect(events.map(({ type }) => type)).toEqual([
    'speech.started',
    'speech.ended',
    'segment.final',
    'command.completed',
  ]);
  expect(JSON.stringify(events)).not.toMatch(/four|seven|4711/i);
  await stage.phrase('Wipe the disk.');
  expect(stage.of('segment.final').at(-1)).toMatchObject({ text: 'Wipe the disk.' });
  await stage.session.close();
});
