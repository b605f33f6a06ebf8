export { wakeChoice } from './command-options.ts';
export { checkWake } from './wake.ts';
export { configSchema, defaultConfig, listOptions, type Config, type ConfigInput } from './schema.ts';
export { loadConfig, type ConfigSources } from './load.ts';
export { childEnvironment, environmentName, modelsFolder } from './environment.ts';
export { hashPin, isPin, pinPattern } from './pin-hash.ts';
export { secretsOf } from './secrets.ts';
