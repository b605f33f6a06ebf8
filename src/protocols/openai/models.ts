import { HeedError } from '../../errors.ts';

/** A model in OpenAI's form. */
export interface ListedModel {
  id: string;
  object: 'model';
  /** Seconds since 1970; heed does not know it. */
  created: 0;
  owned_by: 'heed';
}

/** OpenAI's names, which front ends have built in. Each stands for whichever model is loaded. */
export const standIns = [
  'whisper-1',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe',
  'gpt-4o-transcribe-diarize',
] as const;

/** Further names of the same kind, and versions of OpenAI's models with their date. */
const anyModel = /^(?:whisper|default|gpt-4o(?:-mini)?-transcribe(?:-diarize)?-\d{4}-\d{2}-\d{2})$/;

/** Returns the models that a client may ask for: the loaded one first, then the names that stand for it. */
export function listedModels(loaded: string): ListedModel[] {
  return [...new Set([loaded, ...standIns])].map((id) => ({ id, object: 'model', created: 0, owned_by: 'heed' }));
}

/** Returns one model by its name in a path. @throws HeedError `not-found` */
export function listedModel(encoded: string, loaded: string): ListedModel {
  const id = decoded(encoded);
  checkModel(id, loaded);
  return { id, object: 'model', created: 0, owned_by: 'heed' };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // It is no name of a model then, which the caller finds out.
    return text;
  }
}

/**
 * Checks that the requested model is the loaded one.
 * @throws HeedError `not-found`
 */
export function checkModel(wanted: string, loaded: string): void {
  const name = wanted.replace(/^(?:openai\/)?whisper-(?=.{2})/, '');
  const isStandIn = standIns.some((standIn) => standIn === wanted) || anyModel.test(wanted);
  if (isStandIn || wanted === loaded || name === loaded) return;
  throw new HeedError(
    'not-found',
    `The model "${wanted.slice(0, 100)}" is not loaded here. Ask for "${loaded}", which is loaded, or for ` +
      '"whisper-1", which means the same; or start heed with another --model.',
  );
}
