import { parse } from 'nginx-conf';
import { beforeAll, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { deployFile, timeMs } from './files.ts';

/** A directive of either proxy, with the directives of its block. */
interface Directive {
  name: string;
  value: string;
  children: Directive[];
}

const { heartbeatMs, port } = defaultConfig.server;
let nginx: Directive;

beforeAll(async () => {
  nginx = await new Promise<Directive>((resolve, reject) => {
    parse(deployFile('nginx.conf'), (error, tree) => {
      if (error) reject(error);
      else resolve(tree as unknown as Directive);
    });
  });
});

/** Reads a Caddyfile: one directive a line, with a block where the line ends with a brace. */
function parseCaddyfile(text: string): Directive {
  const root: Directive = { name: '', value: '', children: [] };
  const open = [root];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    if (line === '}') {
      open.pop();
      if (open.length === 0) throw new Error('There is a brace too many.');
      continue;
    }
    const [, name = '', value = '', brace] = /^(\S+)\s*(.*?)\s*(\{)?$/.exec(line)!;
    const directive = { name, value, children: [] };
    open.at(-1)!.children.push(directive);
    if (brace !== undefined) open.push(directive);
  }
  if (open.length !== 1) throw new Error('A brace is missing.');
  return root;
}

/** Returns the one directive of a name, and value if that is given, anywhere below another. */
function find(below: Directive, name: string, value?: string): Directive {
  const all = (one: Directive): Directive[] => [one, ...one.children.flatMap(all)];
  const found = below.children
    .flatMap(all)
    .filter((one) => one.name === name && (value === undefined || one.value === value));
  expect(found, `${name} ${value ?? ''}`).toHaveLength(1);
  return found[0]!;
}

function valuesOf({ children }: Directive, name: string): string[] {
  return children.filter((one) => one.name === name).map(({ value }) => value);
}

const secure = (): Directive => {
  const servers = find(nginx, 'http').children.filter(({ name }) => name === 'server');
  return servers.find((server) => valuesOf(server, 'listen').some((value) => value.includes('443')))!;
};

test('nginx serves heed with TLS only, and leads everybody else there', () => {
  const servers = find(nginx, 'http').children.filter(({ name }) => name === 'server');
  const open = servers.filter((server) => server !== secure());
  for (const server of open) expect(valuesOf(server, 'return')).toEqual(['301 https://$host$request_uri']);
  expect(valuesOf(secure(), 'ssl_protocols')).toEqual(['TLSv1.2 TLSv1.3']);
  expect(valuesOf(secure(), 'ssl_certificate')).toHaveLength(1);
});

test('nginx takes the prefix away, passes WebSockets and the host on, and holds nothing back', () => {
  const location = find(secure(), 'location', '/heed/');
  expect(valuesOf(location, 'proxy_pass')).toEqual(['http://heed/']);
  expect(valuesOf(find(nginx, 'upstream', 'heed'), 'server')).toEqual([`127.0.0.1:${port}`]);
  expect(valuesOf(location, 'proxy_http_version')).toEqual(['1.1']);
  expect(valuesOf(location, 'proxy_set_header')).toEqual([
    'Host $host',
    'Upgrade $http_upgrade',
    'Connection $connection_upgrade',
  ]);
  expect(valuesOf(location, 'proxy_buffering')).toEqual(['off']);
  expect(valuesOf(location, 'proxy_request_buffering')).toEqual(['off']);
});

test('nginx waits longer than from one heartbeat to the next, and longer still for a file', () => {
  const wait = (path: string): number => timeMs(valuesOf(find(secure(), 'location', path), 'proxy_read_timeout')[0]!);
  expect(wait('/heed/')).toBeGreaterThan(2 * heartbeatMs);
  expect(wait('/heed/v1/audio/')).toBeGreaterThan(10 * 60_000);
});

test('nginx takes files as large as heed does', () => {
  const megabytes = defaultConfig.audio.maxUploadBytes / 1024 / 1024;
  expect(valuesOf(secure(), 'client_max_body_size')).toEqual([`${megabytes}m`]);
});

test('nginx writes no token to its log', () => {
  const format = find(nginx, 'log_format').value;
  expect(format).not.toMatch(/\$request\b(?!_method)|\$request_uri|\$args|\$http_/);
  expect(valuesOf(find(nginx, 'http'), 'access_log')).toEqual(['/var/log/nginx/access.log paths']);
});

test('neither proxy shows the metrics', () => {
  expect(valuesOf(find(secure(), 'location', '= /heed/metrics'), 'return')).toEqual(['404']);
  expect(find(parseCaddyfile(deployFile('Caddyfile')), 'handle_path').children[0]).toMatchObject({
    name: 'respond',
    value: '/metrics 404',
  });
});

test('Caddy takes the prefix away, and holds nothing back', () => {
  const site = find(parseCaddyfile(deployFile('Caddyfile')), 'heed.example.com');
  const proxy = find(find(site, 'handle_path', '/heed/*'), 'reverse_proxy', `127.0.0.1:${port}`);
  expect(valuesOf(proxy, 'flush_interval')).toEqual(['-1']);
  expect(timeMs(find(proxy, 'response_header_timeout').value)).toBeGreaterThan(10 * 60_000);
  // Compressed events would wait until there is enough to compress.
  expect(site.children.map(({ name }) => name)).not.toContain('encode');
});
