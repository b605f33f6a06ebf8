import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Protocol, Route } from '../../server/protocol.ts';
import { sendJson } from '../../server/respond.ts';
import { OpenAiEndpoint, type OpenAiTask } from './endpoint.ts';
import { sendOpenAiError } from './errors.ts';
import { listedModel, listedModels } from './models.ts';

/** OpenAI's audio interface: clients upload files and get their text. */
export const openAiProtocol: Protocol = (context) => {
  const endpoint = new OpenAiEndpoint(context);
  const model = async (): Promise<string> => (await context.gateway.ears()).transcriber.info.model;
  const upload = (path: string, task: OpenAiTask): Route =>
    named({ method: 'POST', path, handler: (request) => endpoint.respond(request, task) });
  return {
    routes: [
      upload('/v1/audio/transcriptions', 'transcribe'),
      upload('/v1/audio/translations', 'translate'),
      named({
        method: 'GET',
        path: '/v1/models',
        handler: async ({ response }) => sendJson(response, 200, { object: 'list', data: listedModels(await model()) }),
      }),
      named({
        method: 'GET',
        path: '/v1/models/:id',
        handler: async ({ response, params }) => sendJson(response, 200, listedModel(params['id']!, await model())),
      }),
    ],
    drain: () => endpoint.drain(),
    close: () => endpoint.close(),
  };
};

/** Every response has an id, which OpenAI's clients show, and errors have OpenAI's form. */
function named(route: Route): Route {
  const name = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('x-request-id', randomUUID());
  };
  return {
    ...route,
    handler: (request) => {
      name(request.response);
      return route.handler(request);
    },
    sendError: (response, error) => {
      if (!response.hasHeader('x-request-id')) name(response);
      sendOpenAiError(response, error);
    },
  };
}
