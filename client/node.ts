import { WebSocket as NodeSocket } from 'ws';
import { sockets } from './sockets.ts';

// Node 20 has no WebSocket of its own. That of ws has the same properties as far as the client uses them.
sockets.open = (url) => new NodeSocket(url, { perMessageDeflate: false }) as unknown as WebSocket;

export * from './index.ts';
