// Writes src/language/simplified.ts: which simplified sign of Chinese each traditional one is. The table is OpenCC's
// TSCharacters, by the OpenCC project, Apache-2.0, as the npm package opencc-js has it. The package itself is no
// dependency, since its 6 MB serve conversions of whole texts. To write it anew:
//   npm pack opencc-js@1.4.2 && tar xzf opencc-js-1.4.2.tgz && node scripts/simplified.js package
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Signs that OpenCC keeps, because they are also written in simplified texts, where they mean less. */
const more = ['著着', '妳你', '牠它', '枱台'];
const signsPerLine = 58;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Expected the folder of the unpacked npm package opencc-js.');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const { default: table } = await import(pathToFileURL(join(folder, 'dist/esm-lib/dict/TSCharacters.js')).href);
const pairs = new Map([...table.split('|').map((pair) => pair.split(' ')), ...more.map((pair) => [...pair])]);
// No recogniser writes signs beyond the basic plane.
const kept = [...pairs].filter(([sign, other]) => sign !== other && sign.length === 1 && other.length === 1);
const final = (sign) => (pairs.has(sign) && pairs.get(sign) !== sign ? final(pairs.get(sign)) : sign);
const all = kept.map(([sign, other]) => sign + final(other)).join('');
const lines = all.match(new RegExp(`.{1,${signsPerLine}}`, 'gu')).map((line) => `  ${line}`);
writeFileSync(
  new URL('../src/language/simplified.ts', import.meta.url),
  `// Written by scripts/simplified.js from OpenCC's TSCharacters, as opencc-js ${version} has it (Apache-2.0).

/** Traditional signs of Chinese, each with its simplified one behind it. */
const signs = \`
${lines.join('\n')}
\`.replace(/\\s/g, '');

/** The simplified sign of each traditional one. */
export const simplified: ReadonlyMap<string, string> = new Map(
  Array.from({ length: signs.length / 2 }, (_, i) => [signs[2 * i]!, signs[2 * i + 1]!]),
);
`,
);
