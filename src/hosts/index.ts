export { HandlerHosts, type HandlerHostsOptions } from './handler-hosts.ts';
