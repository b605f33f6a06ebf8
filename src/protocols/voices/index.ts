import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { concatSamples, decodeAudioFile } from '../../audio/index.ts';
import { asHeedError, HeedError } from '../../errors.ts';
import { parseMessage } from '../../server/parse-message.ts';
import { Places } from '../../server/places.ts';
import type { Protocol, RouteRequest } from '../../server/protocol.ts';
import { readBody } from '../../server/read-body.ts';
import { sendJson } from '../../server/respond.ts';
import type { ServerContext } from '../../server/context.ts';
import { takeUpload } from '../openai/upload.ts';

/** More sound than this is not needed to know a voice, samples. */
const maxSamples = 5 * 60 * 16_000;

const renamingSchema = z.strictObject({ name: z.string().max(200) });

/** Serves the list of known voices, makes voices known, names them anew, and forgets them. */
export const voicesProtocol: Protocol = (context) => {
  const { gateway } = context;
  const places = new Places(gateway.config.server.maxFiles, 'server.maxFiles');
  return {
    routes: [
      {
        method: 'GET',
        path: '/v1/voices',
        handler: ({ response }) => sendJson(response, 200, { voices: gateway.voices.list().map(toJson) }),
      },
      {
        method: 'POST',
        path: '/v1/voices',
        handler: async (request) => {
          const leave = places.take();
          try {
            await add(request, context);
          } finally {
            leave();
          }
        },
      },
      {
        method: 'PATCH',
        path: '/v1/voices/:name',
        handler: async ({ request, response, params }) => {
          const { name } = parseMessage(await readBody(request), renamingSchema);
          const renamed = await forName(() => gateway.voices.rename(decode(params['name']!), name));
          if (renamed === undefined) throw notKnown();
          sendJson(response, 200, { name: renamed });
        },
      },
      {
        method: 'DELETE',
        path: '/v1/voices/:name',
        handler: ({ response, params }) => {
          const name = decode(params['name']!);
          if (!gateway.voices.remove(name)) throw notKnown();
          sendJson(response, 200, { name });
        },
      },
    ],
  };
};

/** A name that cannot be one is a fault of the request here. */
async function forName<T>(take: () => T | Promise<T>): Promise<T> {
  try {
    return await take();
  } catch (error) {
    const { code, message } = asHeedError(error);
    throw code === 'bad-config' ? new HeedError('bad-message', message, { cause: error }) : error;
  }
}

function notKnown(): HeedError {
  return new HeedError('not-found', 'No voice of this name is known. GET /v1/voices lists them.');
}

async function add({ request, response }: RouteRequest, { gateway }: ServerContext): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const folder = await mkdtemp(join(tmpdir(), 'heed-voice-'));
  try {
    const path = join(folder, 'audio');
    const { maxUploadBytes: maxBytes } = gateway.config.audio;
    const form = await takeUpload(request, { path, signal: gone.signal, maxBytes });
    if (form.get('consent')?.[0] !== 'true')
      throw new HeedError('bad-message', 'The person must agree that the voice is known: send consent=true if so.');
    const name = form.get('name')?.[0] ?? '';
    const sound = await soundOf(path, gone.signal);
    const { seconds, alike, ...voice } = await forName(() => gateway.addVoice(name, sound));
    sendJson(response, 201, { name: voice.name, seconds, ...(alike ? { alike } : {}) });
  } finally {
    // Sound is kept no longer than it takes to describe it.
    await rm(folder, { recursive: true, force: true });
  }
}

async function soundOf(path: string, signal: AbortSignal): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  let length = 0;
  for await (const part of decodeAudioFile(path, { signal })) {
    parts.push(part);
    length += part.length;
    if (length > maxSamples) break;
  }
  return concatSamples(parts);
}

function toJson({
  name,
  seconds,
  enrolledAt,
  isUsable,
}: ReturnType<ServerContext['gateway']['voices']['list']>[number]): Record<string, unknown> {
  return { name, seconds, enrolled_at: enrolledAt, is_usable: isUsable };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
