import { describe, expect, it, test } from 'vitest';
import { compileGrammar, wakeWordsOf } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';
import { command } from './commands.ts';
import { acceptsWords } from './reference-walker.ts';

const commands = [
  command('lamp', ['turn (on|off) the lamp'], { examples: [{ say: 'turn on the lamp' }] }),
  command('door', ['open the (door|gate)'], { examples: [{ say: 'open the door' }, { say: 'open the gate' }] }),
];
const { grammar } = compileGrammar(commands, { language: 'en', chain: true });
const graph = grammar.wakeGraph(wakeWordsOf(['computer', 'hal 9', 'hey jarvis'], languageOf('en')));
const accepts = (text: string): boolean => acceptsWords(graph, text.split(' '));

describe('With wake phrases', () => {
  it.each([
    'computer',
    'computer turn on the lamp',
    'computer turn on the lamp and open the door',
    'hey computer could you please open the door',
    'um okay hey jarvis open the door please',
    'hal 9 open the door',
    'hal nine open the door',
  ])('"%s" can be read', (text) => {
    expect(accepts(text)).toBe(true);
  });

  it.each([
    'turn on the lamp',
    'hey',
    'jarvis open the door',
    'my computer open the door',
    'and computer open the door',
    'computer turn on',
    'open the door computer',
    'hal open the door',
  ])('"%s" cannot', (text) => {
    expect(accepts(text)).toBe(false);
  });
});

test('the prompt begins its phrases with the wake phrases in turn', () => {
  expect(graph.prompt).toBe(
    'Computer, turn on the lamp. Hal 9, open the door. Hey jarvis, turn on the lamp. Computer, open the gate.',
  );
});

test('the graph is another one than that without wake phrases', () => {
  expect(graph.id).not.toBe(grammar.graph.id);
  expect(acceptsWords(grammar.graph, ['turn', 'on', 'the', 'lamp'])).toBe(true);
});
