import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

const { projects: _lanes, setupFiles: _limits, ...test } = base.test ?? {};

// A lane of its own, because it needs a build for Vulkan and a driver. lavapipe is so slow that limits in proportion to
// the CPU's readings would say nothing.
export default defineConfig({
  ...base,
  test: { ...test, include: ['test/vulkan/*.lane.ts'], maxWorkers: 1, testTimeout: 600_000, hookTimeout: 600_000 },
});
