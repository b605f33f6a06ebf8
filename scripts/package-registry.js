// A package registry for trying heed's packages before they are published.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, dirname } from 'node:path';

/**
 * Starts a registry that has these packages, and sends npm to the usual one for all others.
 * @param {Record<string, string>} packages the path of a tarball by the name of its package
 */
export async function startRegistry(packages) {
  const usual = execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  }).trim();
  const tarballs = new Map(Object.values(packages).map((path) => [basename(path), path]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url).slice(1);
    const tarball = tarballs.get(basename(path));
    if (path in packages) {
      const found = describe(path, packages[path], `http://${request.headers.host}`);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
    } else if (tarball !== undefined) response.end(readFileSync(tarball));
    else if (path.startsWith('@heed/')) response.writeHead(404).end('{}');
    else response.writeHead(302, { location: new URL(request.url.slice(1), usual).href }).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** What a registry says about a package that has one version. */
function describe(name, tarball, url) {
  const manifest = JSON.parse(
    execFileSync('tar', ['-xOzf', basename(tarball), 'package/package.json'], {
      cwd: dirname(tarball),
      encoding: 'utf8',
    }),
  );
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  const dist = { tarball: `${url}/tarballs/${basename(tarball)}`, integrity };
  return {
    name,
    'dist-tags': { latest: manifest.version },
    versions: { [manifest.version]: { ...manifest, dist } },
  };
}
