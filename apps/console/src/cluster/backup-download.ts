/** A backup on its way from the gateway into a file: how much has come, and of how much. */

export interface Progress {
  readonly bytes: number;
  /** Undefined where the gateway did not say. */
  readonly totalBytes: number | undefined;
}

/**
 * The bytes of an answer, told of as they come.
 *
 * @throws Error if it ends before it said that it would: half a backup is none
 */
export async function received(
  answer: Response,
  onProgress: (progress: Progress) => void,
): Promise<Blob> {
  const length = Number(answer.headers.get('content-length') ?? NaN);
  const totalBytes = Number.isNaN(length) ? undefined : length;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = (answer.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    bytes += value.length;
    onProgress({ bytes, totalBytes });
  }
  if (totalBytes !== undefined && bytes !== totalBytes) {
    throw new Error(`the backup broke off after ${bytes} of ${totalBytes} bytes`);
  }
  return new Blob(chunks, { type: 'application/octet-stream' });
}

/** The name that an answer suggests for its file. */
export const fileNameOf = (answer: Response, otherwise: string): string =>
  /filename="([^"/\\]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? otherwise;

/** Hands a file to the browser's downloads. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
