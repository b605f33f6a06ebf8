import type { ServerInfo } from './settings-form.ts';
import type { CommandInfo } from './view-state.ts';

/** What `/v1/commands` says. */
export interface CommandList {
  commands: CommandInfo[];
  /** What is wrong with the command files, each with its place. */
  problems: string[];
  /** What would work better if it were written differently. */
  advice: string[];
  server: ServerInfo;
}

/** Fetches the commands that can be said from `/v1/commands`; an empty language is the server's. */
export async function fetchCommands(token: string, language: string): Promise<CommandList> {
  const query = new URLSearchParams({ token, ...(language === '' ? {} : { language }) });
  const response = await fetch(`v1/commands?${query.toString()}`);
  if (!response.ok) throw new Error(`/v1/commands answered ${response.status}.`);
  const body = (await response.json()) as {
    languages: [string, ...string[]];
    chain: boolean;
    problems: { file?: string; line?: number; message: string }[];
    advice: { file?: string; line?: number; message: string; fix: string }[];
    commands: {
      name: string;
      description?: string;
      contexts: string[];
      phrases: string[];
      examples: (string | { say: string })[];
    }[];
  };
  const commands = body.commands.map(({ name, description, contexts, phrases, examples }) => ({
    name,
    contexts,
    phrases,
    description: description ?? '',
    examples: (examples.length > 0 ? examples : phrases).map((example) =>
      typeof example === 'string' ? example : example.say,
    ),
  }));
  // The first language is the server's own.
  const { languages, chain } = body;
  return {
    commands,
    problems: body.problems.map((problem) => `${placeOf(problem)}${problem.message}`),
    advice: body.advice.map((advice) => `${placeOf(advice)}${advice.message} ${advice.fix}`),
    server: { language: languages[0], languages, chain },
  };
}

function placeOf({ file, line }: { file?: string; line?: number }): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  return place === '' ? '' : `${place} `;
}
