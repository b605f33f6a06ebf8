export { defineCommand, type Args, type CommandInput } from './define-command.ts';
export {
  CommandError,
  HandlerStopped,
  type Ask,
  type Command,
  type CommandContext,
  type CommandContexts,
  type CommandDefinition,
  type CommandInfo,
  type CommandReply,
  type CommandResult,
  type CommandState,
  type FollowUp,
  type Risk,
  type Speakers,
  type Undo,
} from './command.ts';
export { canBeGiven, Contexts } from './contexts.ts';
export { withoutRepeats, type CompiledLanguage } from './check-command.ts';
export { Registry, type RegistryOptions } from './registry.ts';
export { problemText } from './problem-text.ts';
export { readSlot, slotHint } from './read-slot.ts';
export { readableStack } from './source-map.ts';
export { HandlerLimits } from './handler-limits.ts';
export { checkResult, type HandlerResult } from './command-result.ts';
export { stateJson } from './state-json.ts';
export { loadingTooLong } from './import-command.ts';
export type { LateError } from './late-errors.ts';
export { localImporter, type Imported, type Importer } from './importer.ts';
export type { Problem } from '../grammar/index.ts';
export { listCommandFiles, type CommandFile } from './list-command-files.ts';
