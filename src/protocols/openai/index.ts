import type { Protocol, Route } from '../../server/protocol.ts';
import { OpenAiEndpoint, type OpenAiTask } from './endpoint.ts';
import { sendOpenAiError } from './errors.ts';

/** OpenAI's audio interface: clients upload files and get their text. */
export const openAiProtocol: Protocol = (context) => {
  const endpoint = new OpenAiEndpoint(context);
  const route = (path: string, task: OpenAiTask): Route => ({
    method: 'POST',
    path,
    handler: (upload) => endpoint.respond(upload, task),
    sendError: sendOpenAiError,
  });
  return {
    routes: [route('/v1/audio/transcriptions', 'transcribe'), route('/v1/audio/translations', 'translate')],
    drain: () => endpoint.drain(),
    close: () => endpoint.close(),
  };
};
