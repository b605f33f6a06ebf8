import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeedError } from '../errors.ts';
import { codeOrDefault } from '../language/index.ts';
import { OpenAiEndpoint, openAiTasks } from '../protocols/openai/index.ts';
import type { ServerContext } from './context.ts';
import { EventsStream } from '../protocols/events/event-stream.ts';
import { parseValue, subscribeQuerySchema } from './messages.ts';
import type { Page } from './page.ts';
import { publicError } from './public-error.ts';
import { checkRequestToken } from './request-token.ts';
import { sendError, sendJson } from './respond.ts';
import { targetOf, type Target } from './target.ts';
import { UtteranceRoutes } from '../protocols/utterances/routes.ts';

/** Answers the requests that are no WebSockets. */
export class Routes {
  readonly #context: ServerContext;
  readonly #page: Page;
  readonly #openAi: OpenAiEndpoint;
  readonly #utterances: UtteranceRoutes;
  readonly #onStream: (stream: EventsStream, response: ServerResponse) => void;

  /** @param onStream told of every open event stream */
  constructor(context: ServerContext, page: Page, onStream: (stream: EventsStream, response: ServerResponse) => void) {
    this.#context = context;
    this.#page = page;
    this.#openAi = new OpenAiEndpoint(context);
    this.#utterances = new UtteranceRoutes(context.heed);
    this.#onStream = onStream;
  }

  /** Ends what still runs; its files are gone when it resolves. */
  close(): Promise<void> {
    return this.#openAi.close();
  }

  /** Answers one request; never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#route(request, response);
    } catch (error) {
      if (response.headersSent || response.destroyed) response.destroy();
      else sendError(response, publicError(error, this.#context.log));
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host, origin } = request.headers;
    this.#context.access.checkAddress({ host, origin });
    const target = targetOf(request);
    if (!target) throw new HeedError('bad-message', 'The address of the request cannot be read.');
    if (origin !== undefined) response.setHeader('access-control-allow-origin', origin).setHeader('vary', 'origin');
    const allowed = target.path === '/v1/cases' || openAiTasks.has(target.path) ? ['POST'] : ['GET', 'HEAD'];
    if (!allowed.includes(request.method ?? '')) {
      response.setHeader('allow', allowed.join(', '));
      sendJson(response, 405, {
        error: { code: 'bad-message', message: `${request.method} is not understood here; ${allowed[0]} is.` },
      });
      return;
    }
    if (openAiTasks.has(target.path)) return this.#openAi.answer(request, response, target);
    switch (target.path) {
      case '/v1/health':
        return sendJson(response, 200, { status: 'ok' });
      case '/v1/commands':
        return this.#listCommands(request, response, target);
      case '/v1/events':
        return this.#streamEvents(request, response, target);
      case '/v1/cases':
        return this.#saveCase(request, response, target);
      default:
        if (target.path.startsWith('/v1/utterances')) {
          checkRequestToken(this.#context, request, target);
          if (this.#utterances.answer(response, target)) return;
        }
        return this.#page.serve(request, response, target.path);
    }
  }

  #listCommands(request: IncomingMessage, response: ServerResponse, target: Target): void {
    checkRequestToken(this.#context, request, target);
    const { registry, config } = this.#context.heed;
    const wanted = target.query.get('language') ?? config.language;
    const language = codeOrDefault(wanted);
    sendJson(response, 200, {
      language,
      commands: registry.describe(language),
      problems: registry.problems.map(({ message }) => message),
    });
  }

  async #saveCase(request: IncomingMessage, response: ServerResponse, target: Target): Promise<void> {
    checkRequestToken(this.#context, request, target);
    await this.#utterances.save(request, response);
  }

  #streamEvents(request: IncomingMessage, response: ServerResponse, target: Target): void {
    checkRequestToken(this.#context, request, target);
    const wishes = parseValue(Object.fromEntries(target.query), subscribeQuerySchema);
    const lastEventId = request.headers['last-event-id'];
    const stream = new EventsStream(
      response,
      this.#context,
      typeof lastEventId === 'string' ? { ...wishes, last_event_id: lastEventId } : wishes,
    );
    this.#onStream(stream, response);
  }
}
