import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { catalogue, checkGgmlFile, ensureModel } from '../../src/models/index.ts';
import { melFilters } from '../../src/models/mel-filters.ts';
import { ordinaryTokens } from '../../src/models/vocabulary.ts';
import { tensorLayout } from '../../src/models/tensor-layout.ts';
import { readGgml } from './fixtures.ts';

/** The model of the set-up, whose checksum is that of the published file, wherever it came from. */
const name = defaultConfig.transcribe.model;

describe(`the published model ${name}`, () => {
  test('has the size that the catalogue says', async () => {
    const path = await ensureModel(name, defaultConfig.models);
    expect(statSync(path).size).toBe(catalogue.find((entry) => entry.name === name)!.sizeBytes);
  });

  test('is laid out as conversion lays files out, with the very same mel filters', async () => {
    const path = await ensureModel(name, defaultConfig.models);
    const { hyperparameters } = await checkGgmlFile(path);
    const { filters, tokens, tensors } = readGgml(path);
    expect(filters).toEqual(melFilters(hyperparameters.melBins));
    expect(tokens).toHaveLength(ordinaryTokens);
    expect([...tensors.keys()]).toEqual(tensorLayout(hyperparameters).map((spec) => spec.name));
  });

  test('is found by its path too', async () => {
    const path = await ensureModel(name, defaultConfig.models);
    expect(await ensureModel(path, defaultConfig.models)).toBe(path);
  });
});
