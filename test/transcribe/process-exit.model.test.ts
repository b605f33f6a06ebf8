import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { ensureModel } from '../../src/models/index.ts';

test.each([
  ['in-process', [0, 1, 5, 10, 20, 40, 80, 160, 320, 640]],
  ['workers', [0, 20, 160]],
])(
  'process.exit in the middle of a reading is clean: %s',
  async (engine, delaysMs) => {
    const modelPath = await ensureModel('tiny.en', defaultConfig.models);
    for (const delayMs of delaysMs) {
      const program = spawn(
        process.execPath,
        ['--import', 'tsx', join(import.meta.dirname, 'parent.ts'), engine, modelPath, `exit:${delayMs}`],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      expect(await once(program, 'exit')).toEqual([0, null]);
    }
  },
  300_000,
);
