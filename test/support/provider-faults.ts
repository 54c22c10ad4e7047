import type { ServerResponse } from 'node:http';

/** What becomes of a request in place of the right answer. */
export type ProviderFault =
  /** Refused; with a body in the words of the provider, or a plain one that quotes what nobody may see. */
  | { status: number; retryAfter?: number; body?: unknown }
  /** 200, and not what it should be. */
  | { text: string }
  /** The right answer, late. */
  | { delayMs: number }
  | 'silent'
  | 'drip'
  | 'oversized'
  | 'elsewhere'
  | 'reset'
  /** It does what was asked, and the answer never arrives. */
  | 'accept and drop';

/** Faults that need nothing of the server. */
export type PlainFault = Exclude<ProviderFault, { delayMs: number } | 'accept and drop'>;

/** @param elsewhere an address of the same server that counts who comes */
export function misbehave(fault: PlainFault, response: ServerResponse, elsewhere: string): void {
  if (fault === 'silent') return;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === 'drip' || fault === 'oversized') {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const piece = fault === 'drip' ? ' ' : 'x'.repeat(262_144);
    const timer = setInterval(() => response.write(piece), fault === 'drip' ? 200 : 1);
    response.on('close', () => clearInterval(timer));
    return;
  }
  if (fault === 'elsewhere') {
    response.writeHead(307, { Location: elsewhere }).end();
    return;
  }
  if ('text' in fault) {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(fault.text);
    return;
  }
  const headers = { ...(fault.retryAfter !== undefined && { 'Retry-After': String(fault.retryAfter) }) };
  answerJson(response, fault.status, fault.body ?? { message: 'refused for camille@example.com' }, headers);
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Which requests go wrong, and how. */
export class ProviderFaults {
  private readonly told: { path: string; fault: ProviderFault; times: number }[] = [];

  add(path: string, fault: ProviderFault, times: number): void {
    this.told.push({ path, fault, times });
  }

  clear(): void {
    this.told.length = 0;
  }

  /** Of the next request to a path; null = it goes well. */
  take(key: string): ProviderFault | null {
    const found = this.told.find(({ path, times }) => times > 0 && isBelow(key, path));
    if (!found) return null;
    found.times -= 1;
    return found.fault;
  }
}

export function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}
