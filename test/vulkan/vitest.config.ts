import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

// A lane of its own: it needs a build for Vulkan, and a driver.
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['test/vulkan/*.lane.ts'], maxWorkers: 1, testTimeout: 600_000, hookTimeout: 600_000 },
});
