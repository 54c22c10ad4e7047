import { getDataSourceToken } from '@nestjs/typeorm';
import type { Pool, PoolClient } from 'pg';
import type { TestApp } from 'test/support/test-app';
import type { DataSource } from 'typeorm';

/** A statement as the driver sent it. */
export interface Sent {
  text: string;
  values: readonly unknown[];
}

/** What begins so is planned; the rest opens and closes transactions. */
const PLANNED = /^\s*\(?(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i;
/** Of statements with one text, as many as this: what is asked of a busy coach is planned for a quiet one too. */
const OF_ONE_TEXT = 3;

/** Listens to everything that the application asks its database, below every layer of ours. */
export function recorder(app: TestApp): (work: () => Promise<unknown>) => Promise<Sent[]> {
  let heard: Sent[] | null = null;
  const listened = (client: PoolClient): void => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    Object.assign(client, {
      query: (config: string | Sent, values?: unknown, ...rest: unknown[]) => {
        const text = typeof config === 'string' ? config : config.text;
        const own = typeof config === 'string' ? values : config.values;
        if (PLANNED.test(text)) heard?.push({ text, values: Array.isArray(own) ? own : [] });
        return query(config, values, ...rest);
      },
    });
  };
  const source = app.nest.get<DataSource>(getDataSourceToken());
  const pool = (source.driver as unknown as { master: Pool }).master;
  pool.on('connect', listened);
  for (const client of (pool as unknown as { _clients: PoolClient[] })._clients) listened(client);
  return async (work) => {
    const mine: Sent[] = [];
    heard = mine;
    try {
      await work();
    } finally {
      heard = null;
    }
    return fewOfEach(mine);
  };
}

function fewOfEach(sent: readonly Sent[]): Sent[] {
  const seen = new Map<string, number>();
  return sent.filter(({ text }) => {
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return times <= OF_ONE_TEXT;
  });
}
