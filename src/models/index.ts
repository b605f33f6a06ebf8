export { catalogue, findInCatalogue, type CatalogueEntry } from './catalogue.ts';
export { checkGgmlFile, type GgmlInfo } from './check-ggml.ts';
export { ensureModel, ensureNamed, ensureSentenceModel } from './ensure-model.ts';
export { importModel, type ImportOptions } from './import-model.ts';
export { listModels, verifyModels, type ModelStatus, type Verification } from './list-models.ts';
export type { ModelProgress, WorkOptions } from './progress.ts';
export { readTensorValues } from './safetensors.ts';
