import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many times as long as on a quiet machine of two cores things take here and now, 1 or more. */
    slowness: number;
  }
}

/** Tells the tests of a project how slow this machine is, by something that takes `quietMs` on a quiet one. */
export function provideSlowness(project: TestProject, measuredMs: number, quietMs: number): void {
  project.provide('slowness', Math.max(1, measuredMs / quietMs));
}
