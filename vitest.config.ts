import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

export default defineConfig({
  resolve: { alias: { heed: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    // Processes, not threads: native addons and process-wide state (signals, exit handlers) are under test.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    env: { ORT_DISABLE_TELEMETRY: '1' },
    typecheck: { enabled: false },
    reporters: process.env['CI'] ? ['default'] : ['default'],
  },
});
