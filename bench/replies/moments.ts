import type { Question } from '../../src/dispatch/question.ts';
import { slotPhrases } from '../../src/dispatch/answer-phrases.ts';
import { isCancel } from '../../src/dispatch/answer-words.ts';
import { yesNoQuestion } from '../../src/dispatch/yes-no.ts';
import type { LastCommand } from '../../src/dispatch/index.ts';
import { duration, list, percent } from '../../src/grammar/index.ts';
import { defineCommand, readSlot, Registry } from '../../src/registry/index.ts';
import { answersTo, readChoice } from '../../src/session/choice.ts';

/** Something that heed has asked or done, the replies that are right after it, and what each means. */
export interface Moment {
  name: string;
  /** Absent after a command. */
  question?: () => Question<unknown>;
  last?: LastCommand;
  replies: Readonly<Record<string, unknown>>;
}

const language = 'en';

const area = list(['kitchen', 'office', 'living room', 'bedroom', 'hallway', 'garage', 'bathroom', 'dining room']);

function slotMoment(name: string, slot: Parameters<typeof readSlot>[0], replies: Moment['replies']): Moment {
  return {
    name,
    replies,
    question: () => ({
      command: 'x',
      kind: 'ask',
      isOptional: true,
      text: 'Which one?',
      answers: slotPhrases([slot], language),
      read: (answer) => {
        if (isCancel(answer, language)) return 'cancelled';
        const value = readSlot(slot, answer, language);
        return value === undefined ? 'unclear' : { value };
      },
      signal: new AbortController().signal,
    }),
  };
}

function yesNoMoment(name: string, isCostly: boolean): Moment {
  return {
    name,
    replies: {
      yes: true,
      'yes please': true,
      yeah: true,
      sure: true,
      'go ahead': true,
      'do it': true,
      no: false,
      nope: false,
      'no thanks': false,
      cancel: false,
      'never mind': false,
    },
    question: () =>
      yesNoQuestion({ command: 'x', text: 'Really?', language, isCostly, signal: new AbortController().signal }),
  };
}

const options = ['open the blinds', 'open the bins', 'open the garage door'];

const choice: Moment = {
  name: 'choice',
  replies: {
    'the blinds': 0,
    'the bins': 1,
    'the garage door': 2,
    'open the bins': 1,
    'the second one': 1,
    'the first': 0,
    'number three': 2,
    blinds: 0,
  },
  question: () => ({
    command: 'x',
    kind: 'ask',
    isOptional: true,
    text: 'Open the blinds, open the bins or open the garage door?',
    options,
    answers: answersTo(options, language),
    read: (answer) => {
      if (isCancel(answer, language)) return 'cancelled';
      const value = readChoice(answer, options, language);
      return value === undefined ? 'unclear' : { value };
    },
    signal: new AbortController().signal,
  }),
};

function afterCommand(): Moment {
  const registry = new Registry({ language });
  registry.add(
    'light',
    defineCommand({
      phrases: ['set the light in the {room} to {level}'],
      slots: { room: area, level: percent() },
      followUps: [
        { phrases: ['and [in] the {room}'] },
        { phrases: ['brighter', 'a bit more'], add: { level: 10 } },
        { phrases: ['darker', 'a bit less'], add: { level: -10 } },
        { phrases: ['off'], set: { level: 0 } },
      ],
      run: () => undefined,
    }),
  );
  const command = registry.get('light')!;
  const args = { room: 'kitchen', level: 50 };
  return {
    name: 'after a command',
    replies: {
      brighter: { ...args, level: 60 },
      'a bit less': { ...args, level: 40 },
      darker: { ...args, level: 40 },
      'and the bedroom': { ...args, room: 'bedroom' },
      'and in the garage': { ...args, room: 'garage' },
      'no the bedroom': { ...args, room: 'bedroom' },
      'no the dining room': { ...args, room: 'dining room' },
      'I meant sixty percent': { ...args, level: 60 },
      'do that again': args,
      again: args,
    },
    last: {
      command,
      match: { command: 'light', args, score: 1, via: 'exact', phrase: '', candidates: [] },
      undoable: { command: 'light', ran: command, phrase: '', undo: () => undefined },
      atMs: 0,
    },
  };
}

export const moments: readonly Moment[] = [
  slotMoment('which room', area, {
    kitchen: 'kitchen',
    'the bedroom': 'bedroom',
    garage: 'garage',
    'in the hallway': 'hallway',
    bathroom: 'bathroom',
    'the dining room please': 'dining room',
    office: 'office',
  }),
  slotMoment('which level', percent(), {
    fifty: 50,
    'fifteen percent': 15,
    'to seventy percent': 70,
    thirty: 30,
    'eighty five': 85,
    'a hundred percent': 100,
  }),
  slotMoment('how long', duration(), {
    'ten minutes': 600,
    'an hour and a half': 5400,
    'forty five seconds': 45,
    'two hours': 7200,
    'five minutes please': 300,
  }),
  yesNoMoment('yes or no', false),
  yesNoMoment('yes or no of high risk', true),
  choice,
  afterCommand(),
];
