export { startServer, HeedServer, type ServerOptions } from './start-server.ts';
export type { Gateway } from './gateway.ts';
export type { Protocol } from './protocol.ts';
