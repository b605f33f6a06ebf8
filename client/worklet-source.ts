/** The text of the built `capture-worklet.ts`, which the build puts in; absent where a page gives its own file. */
declare const HEED_WORKLET_SOURCE: string | undefined;

let blobUrl: string | undefined;

/** Returns the address of the worklet that this module brings with it. */
export function ownWorkletUrl(): string {
  const source = typeof HEED_WORKLET_SOURCE === 'string' ? HEED_WORKLET_SOURCE : '';
  blobUrl ??= URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return blobUrl;
}
