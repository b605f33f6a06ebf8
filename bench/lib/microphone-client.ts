// How a bench talks to its client process of many microphones.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { newsSchema, type News, type Order } from './microphone-messages.ts';

/** Gives the client an order; resolves with its reply. */
export function ask<T extends News['type']>(
  child: ChildProcess,
  order: Order,
  answer: T,
): Promise<Extract<News, { type: T }>> {
  const answered = hearing(child, answer);
  child.send(order);
  return answered;
}

/** Resolves with the next news of a type; rejects when the client was refused or has ended. */
export function hearing<T extends News['type']>(child: ChildProcess, wanted: T): Promise<Extract<News, { type: T }>> {
  const news = new Promise<Extract<News, { type: T }>>((resolve, reject) => {
    child.on('message', (message) => {
      const news = newsSchema.parse(message);
      if (news.type === wanted) resolve(news as Extract<News, { type: T }>);
      else if (news.type === 'refused') reject(new Error(news.message));
    });
    void once(child, 'exit').then(() => reject(new Error('The client process ended.')));
  });
  // The error reaches whoever awaits this promise later.
  news.catch(() => undefined);
  return news;
}
