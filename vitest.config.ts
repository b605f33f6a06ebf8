import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

const withModel = 'test/**/*.model.test.ts';

/** Two projects: what needs a speech model or a browser, and the rest. Each measures how fast this machine is. */
export default defineConfig({
  resolve: { alias: { heed: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    // Processes, not threads: native addons and process-wide state (signals, exit handlers) are under test.
    pool: 'forks',
    maxWorkers: 2,
    // Processes of their own take their time to start; the tests of these ask for them.
    env: { ORT_DISABLE_TELEMETRY: '1', HEED_COMMANDS_ISOLATE: 'false' },
    setupFiles: ['test/pace/limits.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [withModel],
          globalSetup: ['test/pace/processes.ts'],
        },
      },
      { extends: true, test: { name: 'model', include: [withModel], globalSetup: ['test/pace/readings.ts'] } },
    ],
  },
});
