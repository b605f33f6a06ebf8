import type { CommandInfo } from './view-state.ts';

/** Fetches the commands that can be said from `/v1/commands`. */
export async function fetchCommands(token: string): Promise<CommandInfo[]> {
  const response = await fetch(`/v1/commands?${new URLSearchParams({ token }).toString()}`);
  if (!response.ok) throw new Error(`/v1/commands answered ${response.status}.`);
  const body = (await response.json()) as {
    commands: {
      name: string;
      description?: string;
      contexts: string[];
      phrases: string[];
      examples: (string | { say: string })[];
    }[];
  };
  return body.commands.map(({ name, description, contexts, phrases, examples }) => ({
    name,
    contexts,
    phrases,
    description: description ?? '',
    examples: (examples.length > 0 ? examples : phrases).map((example) =>
      typeof example === 'string' ? example : example.say,
    ),
  }));
}
