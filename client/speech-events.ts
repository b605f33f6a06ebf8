/** The error names of the Web Speech API. */
export type RecognitionError =
  | 'no-speech'
  | 'aborted'
  | 'audio-capture'
  | 'network'
  | 'not-allowed'
  | 'service-not-allowed'
  | 'language-not-supported';

/** One reading of what was said. */
export interface RecognitionAlternative {
  readonly transcript: string;
  readonly confidence: number;
}

/** What was said between two pauses, best reading first. */
export interface RecognitionResult extends ReadonlyArray<RecognitionAlternative> {
  readonly isFinal: boolean;
  item(index: number): RecognitionAlternative | undefined;
}

/** Everything that was said since the start. */
export interface RecognitionResultList extends ReadonlyArray<RecognitionResult> {
  item(index: number): RecognitionResult | undefined;
}

/** What all events have. */
export interface RecognitionBaseEvent {
  readonly type: string;
  readonly timeStamp: number;
}

/** The events `result` and `nomatch`. Results before `resultIndex` have not changed. */
export interface RecognitionResultEvent extends RecognitionBaseEvent {
  readonly resultIndex: number;
  readonly results: RecognitionResultList;
}

/** The event `error`. */
export interface RecognitionErrorEvent extends RecognitionBaseEvent {
  readonly error: RecognitionError;
  readonly message: string;
}

/** The events by name. */
export interface RecognitionEvents {
  start: RecognitionBaseEvent;
  audiostart: RecognitionBaseEvent;
  soundstart: RecognitionBaseEvent;
  speechstart: RecognitionBaseEvent;
  speechend: RecognitionBaseEvent;
  soundend: RecognitionBaseEvent;
  audioend: RecognitionBaseEvent;
  result: RecognitionResultEvent;
  nomatch: RecognitionResultEvent;
  error: RecognitionErrorEvent;
  end: RecognitionBaseEvent;
}
