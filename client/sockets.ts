/** Opens WebSockets: with the browser's class, unless the build for Node has put another one in its place. */
export const sockets = {
  open: (url: string): WebSocket => new WebSocket(url),
};
