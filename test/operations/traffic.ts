import { eventually, realTime } from 'test/support/eventually';
import type { KeyHolder, RealProcess } from 'test/support/real-process';

export interface Answered {
  status: number;
  detail: string | null;
  retryAfter: string | null;
  beganAtMs: number;
  /** From the first byte sent to the last one received. */
  tookMs: number;
}

export async function ask(
  server: Pick<RealProcess, 'url'>,
  path: string,
  init: RequestInit & { key?: string } = {},
): Promise<Answered> {
  const { key, ...rest } = init;
  const since = performance.now();
  const answer = await fetch(`${server.url}${path}`, {
    ...rest,
    headers: {
      ...(key !== undefined && { 'x-api-key': key }),
      ...(rest.body !== undefined && { 'content-type': 'application/json' }),
      ...(rest.headers as Record<string, string>),
    },
  });
  const text = await answer.text();
  return {
    status: answer.status,
    detail: answer.status < 400 ? null : ((JSON.parse(text || '{}') as { detail?: string }).detail ?? null),
    retryAfter: answer.headers.get('retry-after'),
    beganAtMs: since,
    tookMs: performance.now() - since,
  };
}

/** Reading and writing without a pause, until told to stop. */
export class Traffic {
  readonly answers: Answered[] = [];
  private going = true;
  private readonly people: Promise<void>[];

  constructor(
    private readonly server: Pick<RealProcess, 'url'>,
    private readonly holders: readonly KeyHolder[],
  ) {
    this.people = this.holders.map((holder, index) => this.keepAsking(holder, index % 2 === 0));
  }

  async stop(): Promise<Answered[]> {
    this.going = false;
    await Promise.all(this.people);
    return this.answers;
  }

  /** Waits until a request that begins from now on is answered well, and says how long that took. */
  async untilWell(withinMs: number): Promise<number> {
    const since = performance.now();
    const isWell = (): boolean => this.answers.some(({ status, beganAtMs }) => status === 200 && beganAtMs > since);
    await eventually(isWell, Boolean, { withinMs });
    return performance.now() - since;
  }

  private async keepAsking({ key }: KeyHolder, writes: boolean): Promise<void> {
    const change = (): Promise<Answered> =>
      ask(this.server, '/users/me', { key, method: 'PATCH', body: JSON.stringify({ first_name: 'Camille' }) });
    const look = (): Promise<Answered> => ask(this.server, '/auth/me', { key });
    while (this.going) {
      this.answers.push(await (writes ? change() : look()));
      await realTime(5);
    }
  }
}
