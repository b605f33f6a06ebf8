/** What a file says about its own length. */
export interface DeclaredLength {
  /** Whether the file says that it has more bytes than there are. */
  isCut: boolean;
  /** How long its sound is, ms; absent when it does not say. */
  durationMs?: number;
  /** Whether sound that is shorter than that shows that some is missing. */
  isExact?: boolean;
}
