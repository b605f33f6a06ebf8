import { codeOrDefault } from '../language/index.ts';
import type { ServerContext } from './context.ts';
import type { Page } from './page.ts';
import type { Route } from './protocol.ts';
import { sendJson } from './respond.ts';

/** Returns the routes that need no protocol: the server's health, the commands, and the page on every other path. */
export function ownRoutes({ gateway }: ServerContext, page: Page): Route[] {
  const { registry, config } = gateway;
  return [
    {
      method: 'GET',
      path: '/v1/health',
      isPublic: true,
      handler: ({ response }) => sendJson(response, 200, { status: 'ok' }),
    },
    {
      method: 'GET',
      path: '/v1/commands',
      handler: ({ response, target }) => {
        const wanted = target.query.get('language') ?? config.language;
        const language = codeOrDefault(wanted);
        sendJson(response, 200, {
          language,
          commands: registry.describe(language),
          problems: registry.problems.map(({ severity, command, file, line, message }) => ({
            severity,
            command,
            file,
            line,
            message,
          })),
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
