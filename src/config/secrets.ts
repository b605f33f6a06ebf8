import { unescape } from 'node:querystring';
import type { Config } from './schema.ts';

/** Parts of an address that are shorter say nothing that is worth hiding, such as `v1` or `hooks`. */
const leastPartLength = 8;

/** Returns what must appear in no line of the log and no error, in each form in which it may be written. */
export function secretsOf({ server, webhook, dispatch }: Config): string[] {
  const own = [server.token, webhook.secret, webhook.url, dispatch.pin];
  return [...new Set([...own, ...partsOf(webhook.url)].flatMap(formsOf))];
}

/** The address of a webhook often holds a key: as its password, in its path, or in its query. */
function partsOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { href, username, password, pathname, searchParams } = new URL(url);
  const long = [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= leastPartLength);
  return [href, password, ...(username.length >= leastPartLength ? [username] : []), ...long];
}

function formsOf(secret: string): string[] {
  if (secret === '') return [];
  return [secret, unescape(secret), encodeURIComponent(secret)];
}
