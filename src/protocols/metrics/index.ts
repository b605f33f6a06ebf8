import { commonHeaders } from '../../server/respond.ts';
import type { Protocol } from '../../server/protocol.ts';

/** Serves what heed counts and measures at `/metrics`, in the text format of Prometheus. */
export const metricsProtocol: Protocol = (context) => {
  // Loaded here, so that a heed without a server does without the library.
  const metrics = import('./metrics.ts').then(({ Metrics }) => new Metrics(context));
  return {
    ready: metrics,
    routes: [
      {
        method: 'GET',
        path: '/metrics',
        handler: async ({ response }) => {
          const { contentType, text } = await (await metrics).text();
          response.writeHead(200, {
            ...commonHeaders,
            'content-type': contentType,
            'cache-control': 'no-store',
            'content-length': Buffer.byteLength(text),
          });
          response.end(text);
        },
      },
    ],
    close: async () => (await metrics).close(),
  };
};
