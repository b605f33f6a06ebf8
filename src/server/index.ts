export { startServer, HeedServer, type ServerOptions } from './start-server.ts';
export { reserveAddress } from './listen.ts';
export type { Gateway } from './gateway.ts';
export type { Protocol } from './protocol.ts';
