/** The exit code of a program that was ended by SIGPIPE, as shells report it. */
export const closedPipeCode = 141;

/**
 * Ends the process quietly once nobody reads an output any more, as in `heed transcribe talk.mp3 | head -1`. Node reports
 * that as an error of the stream, which would otherwise show up as a stack. Returns the function that stops watching.
 */
export function endOnClosedPipe(
  streams: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr],
  end: (code: number) => void = (code) => process.exit(code),
): () => void {
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    end(closedPipeCode);
  };
  for (const stream of streams) stream.on('error', onError);
  return () => {
    for (const stream of streams) stream.off('error', onError);
  };
}
