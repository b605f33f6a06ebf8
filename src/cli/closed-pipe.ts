/** The exit code of a program that was ended by SIGPIPE, as shells report it. */
export const closedPipeCode = 141;

const watched = new WeakSet<NodeJS.WriteStream>();

/**
 * Ends the process quietly once nobody reads an output any more, as in `heed transcribe talk.mp3 | head -1`. Node
 * reports that as an error of the stream, which would otherwise show up as a stack. The streams stay watched to the end
 * of the process, because such an error comes late.
 */
export function endOnClosedPipe(
  streams: readonly NodeJS.WriteStream[] = [process.stdout, process.stderr],
  end: (code: number) => void = (code) => process.exit(code),
): void {
  for (const stream of streams) {
    if (watched.has(stream)) continue;
    watched.add(stream);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      end(closedPipeCode);
    });
  }
}
