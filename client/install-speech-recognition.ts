import { HeedSpeechRecognition, type HeedSpeechRecognitionOptions } from './speech-recognition.ts';

/** Returns a class for libraries that create the recognition themselves, and therefore without options. */
export function createSpeechRecognition(options: HeedSpeechRecognitionOptions): new () => HeedSpeechRecognition {
  return class extends HeedSpeechRecognition {
    constructor() {
      super(options);
    }
  };
}

/**
 * Puts heed in the place of the browser's own `SpeechRecognition` and `webkitSpeechRecognition`, where libraries look
 * for it. Call it before they are loaded. Returns the function that puts the browser's own back.
 */
export function install(options: HeedSpeechRecognitionOptions): () => void {
  const value = createSpeechRecognition(options);
  const undo = ['SpeechRecognition', 'webkitSpeechRecognition'].map((name) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
    return (): void => {
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    };
  });
  return () => undo.forEach((putBack) => putBack());
}
