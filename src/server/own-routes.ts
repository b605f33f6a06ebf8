import { codeOrDefault, englishCode, supportedLanguages } from '../language/index.ts';
import type { ServerContext } from './context.ts';
import type { Gateway } from './gateway.ts';
import type { Page } from './page.ts';
import type { Route } from './protocol.ts';
import { sendJson } from './respond.ts';

/**
 * Returns the routes that need no protocol: the server's health and readiness, the commands, and the page on every
 * other path.
 */
export function ownRoutes({ gateway, readiness }: ServerContext, page: Page): Route[] {
  const { registry, linter, config } = gateway;
  return [
    {
      method: 'GET',
      path: '/v1/health',
      isPublic: true,
      handler: ({ response }) => sendJson(response, 200, { status: 'ok' }),
    },
    {
      method: 'GET',
      path: '/v1/ready',
      isPublic: true,
      handler: ({ response }) => {
        const { problem } = readiness;
        if (problem) sendJson(response, 503, { status: 'not-ready', ...problem });
        else sendJson(response, 200, { status: 'ready' });
      },
    },
    {
      method: 'GET',
      path: '/v1/commands',
      handler: async ({ response, target }) => {
        const wanted = target.query.get('language') ?? config.language;
        const language = codeOrDefault(wanted);
        sendJson(response, 200, {
          language,
          languages: await readableLanguages(gateway),
          chain: config.match.chain,
          commands: registry.describe(language),
          problems: registry.problems.map(({ severity, command, file, line, message }) => ({
            severity,
            command,
            file,
            line,
            message,
          })),
          advice: linter.advice,
        });
      },
    },
    {
      method: 'GET',
      path: '*',
      isPublic: true,
      handler: ({ request, response, target }) => page.serve(request, response, target.path),
    },
  ];
}

/**
 * Returns the codes of the languages that can be spoken: the configured one, and those that the model reads, whose
 * words heed knows, and in which a command has phrases.
 */
async function readableLanguages(gateway: Gateway): Promise<string[]> {
  const { config, registry } = gateway;
  const { transcriber } = await gateway.ears();
  const read = transcriber.info.multilingual ? supportedLanguages : [englishCode];
  const usual = codeOrDefault(config.language);
  return [usual, ...read.filter((code) => code !== usual && registry.describe(code).length > 0)];
}
