import { expect, test } from 'vitest';
import {
  compileGrammar,
  joinGraphs,
  list,
  text,
  wakeWordsOf,
  type Grammar,
  type GrammarCommand,
} from '../../src/grammar/index.ts';
import type { DecoderGraph } from '../../src/types.ts';
import { languageOf } from '../../src/language/index.ts';
import { acceptsWords } from './reference-walker.ts';

const graphOf = (commands: GrammarCommand[]): Grammar =>
  compileGrammar(commands, { language: 'en', chain: true }).grammar;
const commands = graphOf([
  { name: 'lights', phrases: ['turn {state} the lights'], slots: { state: list(['on', 'off']) } },
  { name: 'note', phrases: ['note {what}'], slots: { what: text() } },
]);
const answers = graphOf([{ name: 'answer', phrases: ['[the] {room}', 'cancel'], slots: { room: list(['hall']) } }]);
const acceptsText = (graph: DecoderGraph, said: string): boolean =>
  acceptsWords(
    graph,
    said.split(' ').filter((word) => word !== ''),
  );

test('joined graphs accept what any of them accepts, and nothing else', () => {
  const joined = joinGraphs([answers.graph, commands.graph]);
  for (const said of ['the hall', 'cancel', 'turn off the lights', 'note the hall', 'turn on the lights and note it'])
    expect(acceptsText(joined, said), said).toBe(true);
  for (const said of ['', 'the', 'turn the hall', 'cancel the lights', 'the hall and turn off the lights'])
    expect(acceptsText(joined, said), said).toBe(false);
});

test('an answer needs no wake phrase where commands need one', () => {
  const wake = wakeWordsOf(['computer'], languageOf('en'));
  const joined = joinGraphs([answers.graph, commands.wakeGraph(wake)]);
  expect(acceptsText(joined, 'the hall')).toBe(true);
  expect(acceptsText(joined, 'computer turn off the lights')).toBe(true);
  expect(acceptsText(joined, 'turn off the lights')).toBe(false);
});

test('equal graphs have equal ids, others have not', () => {
  const joined = joinGraphs([answers.graph, commands.graph]);
  expect(joinGraphs([answers.graph, commands.graph]).id).toBe(joined.id);
  expect(new Set([joined.id, answers.graph.id, commands.graph.id, joinGraphs([commands.graph]).id]).size).toBe(4);
});

test('the prompts follow each other', () => {
  const [one, two] = [answers.graph, commands.graph].map((graph, index) => ({
    ...graph,
    prompt: ['', 'Two.'][index]!,
  }));
  expect(joinGraphs([one!, two!]).prompt).toBe('Two.');
  expect(joinGraphs([two!, two!]).prompt).toBe('Two. Two.');
});
