/** An expected problem that stops the set-up or a build. Its message is one line, and is all that is printed. */
export class SetupError extends Error {
  code = 'missing-tool';
}
