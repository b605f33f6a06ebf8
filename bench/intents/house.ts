import { list, number, percent, text, type GrammarCommand, type Slot } from '../../src/grammar/index.ts';
import { parseHassil, type Node } from './hassil-template.ts';
import type { Block, Fixtures, ListValue, Suite } from './suite.ts';
import { textsOf, toHeed, type Names } from './to-heed.ts';

/** A command that stands for the sentences of one intent with the same constants. */
export interface IntentCommand extends GrammarCommand {
  readonly intent: string;
  readonly constants: Readonly<Record<string, unknown>>;
}

/** Lists that Home Assistant fills for all languages: free text, and numbers. */
const freeText = ['timer_name', 'timer_command', 'search_query', 'message', 'item', 'todo_list_item', 'zone'];
const wildcards = new Set([...freeText, 'shopping_list_item']);
const percentages = new Set(['brightness', 'position', 'percentage', 'fan_speed', 'volume', 'volume_level']);
const numbers: Record<string, () => Slot> = {
  timer_hours: () => number({ min: 1, max: 100 }),
  timer_minutes: () => number({ min: 1, max: 100 }),
  timer_seconds: () => number({ min: 1, max: 100 }),
  temperature: () => number({ min: -50, max: 150, step: 0.5 }),
  color_temperature: () => number({ min: 1000, max: 10_000 }),
  volume_step_up: () => percent(),
  volume_step_down: () => percent(),
};

/** Turns the suite's sentences into commands of heed, for the fixtures of one file of tests at a time. */
export class House {
  /** The sentences that could not be turned into a template, with the reason. */
  readonly refused = new Set<string>();
  readonly #suite: Suite;
  readonly #rules = new Map<string, Node>();
  readonly #templates = new Map<string, Node>();
  /** Commands by all that they are made of, so that what files share is compiled once. */
  readonly #known = new Map<string, IntentCommand>();

  constructor(suite: Suite) {
    this.#suite = suite;
    for (const [name, rule] of Object.entries(suite.rules)) this.#rules.set(name, parseHassil(rule));
  }

  /** Returns the commands of a house. */
  commands(fixtures: Fixtures): IntentCommand[] {
    const groups = new Map<string, Block[]>();
    for (const block of this.#suite.blocks) {
      const key = `${block.intent} ${JSON.stringify(block.slots)}`;
      groups.set(key, [...(groups.get(key) ?? []), block]);
    }
    return [...groups].flatMap(([name, blocks]) => this.#commandOf(name, blocks, fixtures) ?? []);
  }

  #commandOf(name: string, blocks: readonly Block[], fixtures: Fixtures): IntentCommand | undefined {
    const slots: Record<string, Slot> = {};
    const rules: Record<string, string> = {};
    const phrases = blocks.flatMap((block) => {
      const names = this.#names(block, fixtures, slots);
      return block.sentences.flatMap((sentence) => {
        try {
          const template = toHeed(this.#parse(sentence), names);
          if (template !== undefined) this.#addRules(template, names, rules);
          return template ?? [];
        } catch (error) {
          this.refused.add(`${sentence}: ${(error as Error).message}`);
          return [];
        }
      });
    });
    if (phrases.length === 0) return undefined;
    const { intent, slots: constants } = blocks[0]!;
    const key = JSON.stringify([name, phrases, rules, Object.entries(slots).map(([slot, { key }]) => [slot, key])]);
    let command = this.#known.get(key);
    if (!command) {
      command = { name, intent, constants, phrases: [...new Set(phrases)], slots, rules };
      this.#known.set(key, command);
    }
    return command;
  }

  #parse(sentence: string): Node {
    let node = this.#templates.get(sentence);
    if (!node) this.#templates.set(sentence, (node = parseHassil(sentence)));
    return node;
  }

  /** Adds the rules that a template needs. Their names end with the domains of `{name}`, which differ by block. */
  #addRules(template: string, names: Names & { domains: string }, rules: Record<string, string>): void {
    for (const [, written] of template.matchAll(/<(.+?)>/g)) {
      if (rules[written!] !== undefined) continue;
      const name = written!.split('--')[0]!;
      rules[written!] = toHeed(this.#rules.get(name)!, names) ?? '';
      this.#addRules(rules[written!]!, names, rules);
    }
  }

  #names({ domains }: Block, fixtures: Fixtures, slots: Record<string, Slot>): Names & { domains: string } {
    const suffix = domains?.join('-') ?? '';
    const names = fixtures.names.filter(({ domain }) => !domains || domains.includes(domain)).map(({ name }) => name);
    const own: Record<string, readonly string[]> = { name: names, area: fixtures.areas, floor: fixtures.floors };
    return {
      domains: suffix,
      rule: (name) => this.#rules.get(name),
      ruleName: (name) => (suffix === '' ? name : `${name}--${suffix}`),
      slot: (list, argument, ending) => {
        const id = [argument, list === argument ? '' : list, list === 'name' ? suffix : '', ending].join('--');
        const slot = (slots[id] ??= own[list] ? ownValues(own[list], ending)! : this.#slotOf(list)!);
        if (slot) return id;
        delete slots[id];
        return undefined;
      },
    };
  }

  #slotOf(name: string): Slot | undefined {
    const values = this.#suite.lists[name];
    if (values === 'wildcard' || (!values && wildcards.has(name))) return text();
    if (values === 'percentage') return percent();
    if (values) return list(values.map((value) => this.#valueOf(value)));
    return percentages.has(name) ? percent() : numbers[name]?.();
  }

  #valueOf({ in: said, out = said }: ListValue): { value: string | number; say: string[] } {
    return { value: out, say: textsOf(parseHassil(said), { rule: (name) => this.#rules.get(name) }) };
  }
}

function ownValues(values: readonly string[], ending: string): Slot | undefined {
  return values.length === 0 ? undefined : list(values.map((value) => ({ value, say: [value + ending] })));
}

/** Returns the arguments as Home Assistant names them: those of the slots, and the constants. */
export function slotsOf(command: IntentCommand, args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = Object.entries(args).map(([id, value]): [string, unknown] => {
    const [argument, list] = id.split('--');
    return [argument!, list === 'volume_step_down' ? -(value as number) : value];
  });
  return { ...command.constants, ...(Object.fromEntries(named) as Record<string, unknown>) };
}
