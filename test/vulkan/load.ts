// Loads a model once, and says what reads: `load.ts` with the environment of a machine.
import { loadEngine } from './engine.ts';

const { native, readers, gpuProblem } = await loadEngine('tiny.en');
console.log(JSON.stringify({ backend: native.backend, readers, gpuProblem }));
native.close();
