import { describe, expect, it } from 'vitest';
import {
  compileGrammar,
  Grammar,
  GrammarCompiler,
  list,
  number,
  percent,
  text,
  tokenize,
  type GrammarCommand,
} from '../../src/grammar/index.ts';
import { command, house } from './commands.ts';
import { acceptsWords } from './reference-walker.ts';

const messages = (commands: GrammarCommand[], language = 'en'): string[] =>
  compileGrammar(commands, { language }).problems.map((problem) => `${problem.severity}: ${problem.message}`);

/** Each rule is twice as long as the next one, which makes 2^40 words. */
const doublingRules = Object.fromEntries(
  Array.from({ length: 41 }, (_, i) => [`r${i}`, i === 40 ? 'go' : `<r${i + 1}> <r${i + 1}>`]),
);

describe('Compiling', () => {
  it.each(['en', 'de', 'fr'])(
    'calls no slot unused that stands in the phrases of another language (%s)',
    (language) => {
      const phrases = { en: ['open {n} blinds [in the <place>]'], de: ['öffne {n} Rollos'] };
      const slots = { n: percent(), room: list(['kitchen', 'office']), never: percent() };
      const found = messages([command('c', phrases, { slots, rules: { place: '{room}', idle: '{never}' } })], language);
      expect(found).toEqual(language === 'fr' ? [] : ['warning: Slot {never} is used in no phrase.']);
    },
  );

  it('finds nothing wrong with valid commands', () => {
    expect(compileGrammar(house, { language: 'en' }).problems).toEqual([]);
  });

  it.each<[string, GrammarCommand, RegExp]>([
    ['a template that cannot be read', command('c', ['go (']), /error: "\(" is never closed/],
    ['a missing slot', command('c', ['go {x}']), /error: The phrase "go \{x\}" uses \{x\}.*there are none/],
    ['an unused slot', command('c', ['go'], { slots: { x: percent() } }), /warning: Slot \{x\} is used in no phrase/],
    [
      'a slot without values',
      command('c', ['go {x}'], { slots: { x: list([]) } }),
      /error: Slot \{x\}: the list has no values/,
    ],
    [
      'a value that cannot be said',
      command('c', ['go {x}'], { slots: { x: list(['…']) } }),
      /error: Slot \{x\}: nothing can be said for the value/,
    ],
    [
      'bounds that exclude everything',
      command('c', ['go {x}'], { slots: { x: number({ min: 5, max: 1 }) } }),
      /error: Slot \{x\}: min \(5\) is above max \(1\)/,
    ],
    [
      'a step of zero',
      command('c', ['go {x}'], { slots: { x: number({ step: 0 }) } }),
      /error: Slot \{x\}: step must be above 0/,
    ],
    [
      'an endless range',
      command('c', ['go {x}'], { slots: { x: number({ max: Infinity }) } }),
      /error: Slot \{x\}: min, max and step must be finite/,
    ],
    [
      'a rule that contains itself',
      command('c', ['<a>'], { rules: { a: 'go [<b>]', b: '<a>' } }),
      /error: The rule <a> contains itself \(<a> → <b> → <a>\)/,
    ],
    ['a missing rule', command('c', ['<a>']), /error: .* no rule of that name/],
    ['a phrase of nothing', command('c', ['[go] [on]']), /error: .* can be said with no words at all/],
    ['a command without phrases', command('c', []), /error: The command has no phrases/],
    [
      'a phrase with too many ways',
      command('c', ['<r0>'], { rules: doublingRules }),
      /error: The phrase "<r0>" has too many ways/,
    ],
    [
      'a wrong example',
      command('c', ['go {x}'], { slots: { x: percent() }, examples: [{ say: 'go fifty', args: { x: 51 } }] }),
      /error: The example "go fifty" should give \{"x":51\}, it gives \{"x":50\}/,
    ],
    [
      'an example that nothing accepts',
      command('c', ['go'], { examples: [{ say: 'stay' }] }),
      /error: The example "stay" is not this command: no phrase/,
    ],
    ['a "not" that is a phrase', command('c', ['go'], { not: ['go'] }), /warning: "go" stands in "not"/],
  ])('reports %s', (_name, wrong, message) => {
    expect(messages([wrong]).join('\n')).toMatch(message);
  });

  it('names both commands that share a phrase', () => {
    const { problems } = compileGrammar(
      [
        command('a', ['turn [the] lights on'], { file: 'a.ts' }),
        command('b', ['(turn|switch) the lights on'], { file: 'b.ts', line: 3 }),
      ],
      { language: 'en' },
    );
    expect(problems).toEqual([
      {
        severity: 'error',
        command: 'b',
        file: 'b.ts',
        line: 3,
        message:
          '"turn the lights on" is a phrase of b and of a (a.ts); neither would run. ' +
          'Change one of them, or give one a higher priority.',
      },
    ]);
  });

  it.each([
    [undefined, ['music'], 1],
    [[], ['music'], 1],
    [['slides', 'music'], ['music'], 1],
    [['slides'], ['music'], 0],
  ])('with the contexts %j and %j, two commands that share a phrase are %i problems', (first, second, problems) => {
    const commands = [
      command('a', ['next'], first && { contexts: first }),
      command('b', ['next'], { contexts: second }),
    ];
    expect(messages(commands).length).toBe(problems);
  });

  it('finds the pair that clashes among commands of other contexts', () => {
    const commands = ['music', 'slides'].map((name) => command(name, ['next'], { contexts: [name] }));
    expect(messages([...commands, command('any', ['next'])]).join()).toMatch(/"next" is a phrase of any and of music/);
  });

  it('understands an example as its own command when a nearer one has other contexts', () => {
    const song = command('song', ['play {what}'], {
      slots: { what: text() },
      contexts: ['music'],
      examples: [{ say: 'play chess' }],
    });
    expect(messages([song, command('game', ['play chess'], { contexts: ['games'] })])).toEqual([]);
    expect(messages([song, command('game', ['play chess'])]).join()).toMatch(
      /The example "play chess" is understood as game/,
    );
  });

  it('keeps the valid phrases beside a broken one', () => {
    const { grammar } = compileGrammar([command('c', ['go (', 'stay'])], { language: 'en' });
    expect(grammar.walk(['stay']).parses).toHaveLength(1);
  });

  it('accepts nothing when there are no commands', () => {
    const { grammar, problems } = compileGrammar([], { language: 'en' });
    expect(problems).toEqual([]);
    expect(acceptsWords(grammar.graph, ['please'])).toBe(false);
    expect(grammar.walk(['please']).completeness).toBe('none');
  });

  it('leaves out sounds that mean nothing, also those of several signs', () => {
    const lamp = command('lamp', ['電気をつけて']);
    const walk = compileGrammar([lamp], { language: 'ja' }).grammar.walk(tokenize('ええと、電気をあのつけて'));
    expect(walk.parses).toHaveLength(1);
  });

  it('uses the templates of the language', () => {
    const lamp = command(
      'lamp',
      { en: ['turn on the lamp'], de: ['schalte die Lampe ein'] },
      { examples: [{ say: 'turn on the lamp' }, { say: 'Schalte die Lampe ein!', language: 'de' }] },
    );
    expect(messages([lamp], 'de')).toEqual([]);
    expect(
      compileGrammar([lamp], { language: 'de' }).grammar.walk(tokenize('Bitte schalte die Lampe ein')).parses,
    ).toHaveLength(1);
    expect(
      compileGrammar([lamp], { language: 'en' }).grammar.walk(tokenize('schalte die Lampe ein')).parses,
    ).toHaveLength(0);
    expect(compileGrammar([lamp], { language: 'fr' }).grammar.walk(tokenize('turn on the lamp')).parses).toHaveLength(
      0,
    );
  });

  it('copes with very many optional parts', () => {
    const { problems, grammar } = compileGrammar([command('c', [`go ${'[red] '.repeat(400)}`])], { language: 'en' });
    expect(problems).toEqual([]);
    expect(grammar.walk(['go', ...Array<string>(400).fill('red')]).parses.length).toBeGreaterThan(0);
    expect(grammar.walk(['go', ...Array<string>(401).fill('red')]).parses).toHaveLength(0);
  });

  it('copes with a list of 100,000 values', () => {
    const songs = Array.from({ length: 100_000 }, (_, i) => `song${i % 317} ${i}x`);
    const { grammar } = compileGrammar([command('play', ['play {song}'], { slots: { song: list(songs) } })], {
      language: 'en',
    });
    expect(grammar.walk(tokenize(`play ${songs[77_777]!}`)).parses[0]?.args).toEqual({ song: songs[77_777] });
    expect(grammar.graph.final.length).toBeGreaterThan(100_000);
  });

  it('shares what did not change between sets, and gives the same graph for the same set', () => {
    const compiler = new GrammarCompiler();
    const first = compiler.compile(house, { language: 'en' });
    const second = compiler.compile(house.slice(1), { language: 'en' });
    expect(second.grammar.lexicon).toBe(first.grammar.lexicon);
    expect(second.grammar.graph.id).not.toBe(first.grammar.graph.id);
    expect(compiler.compile(house, { language: 'en' }).grammar.graph.id).toBe(first.grammar.graph.id);
  });

  it('lets no command follow another in a language without links', () => {
    const { grammar } = new GrammarCompiler().compile(house, { language: 'en', chain: true });
    const { language, lexicon, main, bindings, phrases, heads, things } = grammar;
    const graphOf = (links: readonly string[], chain: boolean): string =>
      new Grammar({ language: { ...language, links }, lexicon, main, bindings, phrases, heads, chain, things }).graph
        .id;
    expect(graphOf([], true)).toBe(graphOf([], false));
    expect(graphOf(['and'], true)).not.toBe(graphOf([], false));
  });

  it('forgets what reloads left behind', () => {
    const compiler = new GrammarCompiler({ maxSize: 2_000 });
    const states = new Set<unknown>();
    for (let reload = 0; reload < 60; reload++) {
      const values = Array.from(
        { length: 300 },
        (_, i) => `value ${'abcdefghij'[i % 10]!}${'klmnopqrstuvwxyz'[i % 16]!}${i} ${'zyx'[reload % 3]!}${reload}`,
      );
      const { grammar } = compiler.compile([command('c', ['go {x}'], { slots: { x: list(values) } })], {
        language: 'en',
      });
      states.add(grammar.lexicon);
      expect(grammar.bindings.length).toBeLessThan(12);
    }
    expect(states.size).toBeGreaterThan(5);
  });

  it('keeps what a large set needs, however large', () => {
    const compiler = new GrammarCompiler({ maxSize: 10 });
    const lexicons = [1, 2, 3].map(() => compiler.compile(house, { language: 'en' }).grammar.lexicon);
    expect(new Set(lexicons).size).toBe(1);
  });

  it('grows only a little with another command with a number', () => {
    const many = (count: number): GrammarCommand[] =>
      Array.from({ length: count }, (_, i) =>
        command(`c${i}`, [`call zz${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10) % 10]} {n}`], {
          slots: { n: number() },
        }),
      );
    const size = (count: number): number =>
      new GrammarCompiler().compile(many(count), { language: 'en' }).grammar.graph.final.length;
    expect(size(100) - size(50)).toBeLessThan(50 * 8);
  });
});
