import { failureOfAnswer, failureOfNetwork } from './video-provider.rules';

/** How long an exchange may take, and how much may come back. */
export interface Bounds {
  patienceMs: number;
  maxBytes: number;
}

/**
 * One request and the whole of its answer, or null when that is larger than it may be. Nobody is followed elsewhere.
 *
 * @throws DeliveryFailure
 */
export async function exchange(
  url: string,
  request: RequestInit,
  { patienceMs, maxBytes }: Bounds,
): Promise<Buffer | null> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { ...request, redirect: 'manual', signal });
    if (response.ok) return await bytesOf(response, maxBytes);
    await response.body?.cancel();
    throw failureOfAnswer(response.status, response.headers.get('retry-after'));
  } catch (error) {
    throw failureOfNetwork(error);
  }
}

async function bytesOf(response: Response, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early ends the download.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
