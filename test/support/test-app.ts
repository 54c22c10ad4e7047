import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { Pool, type PoolClient } from 'pg';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import request from 'supertest';
import { AppModule } from 'src/app.module';
import { setupApp } from 'src/app.setup';
import { TELL } from 'src/common/jobs/job-notice';
import { createLogger, NestLogger } from 'src/common/logging/logger';
import { SharedConnection } from 'src/common/transaction/shared-connection';
import { AppConfig } from 'src/config/app-config';
import { readEnvironment } from 'src/config/environment';
import { createTestDatabase, type TestDatabase } from './test-database';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options';
export type HttpClient = Record<Method, (path: string) => request.Test>;

export interface SandboxMessage {
  id: string;
  channel: 'email' | 'sms' | 'push';
  user_id: string | null;
  to: string;
  subject: string | null;
  title: string | null;
  body: string;
  data: Record<string, string> | null;
  created_at: string;
}

export interface TestPerson {
  id: string;
  email: string;
  password: string;
  key: string;
  /** Sends this person's key. */
  http: HttpClient;
}

export const TEST_PASSWORD = 'Correct-Horse-7';

/** The whole application on a database of its own, spoken to through HTTP. */
export interface TestApp {
  nest: NestExpressApplication;
  http: HttpClient;
  /** Straight to the tables, for assertions. */
  database: Pool;
  databaseUrl: string;
  messages(filter?: Record<string, string>): Promise<SandboxMessage[]>;
  setClock(now: string | null): Promise<void>;
  advance(seconds: number): Promise<{ name: string; at: string }[]>;
  register(overrides?: Record<string, unknown>): Promise<TestPerson>;
  client(key: string): HttpClient;
  /** Statements that the application's pool has run so far. */
  queryCount(): number;
  close(): Promise<void>;
}

/** Counts what the driver sends, below every layer of ours. */
function countQueries(...pools: readonly Pool[]): () => number {
  let count = 0;
  const counted = (client: PoolClient): void => {
    const query = client.query.bind(client) as (...values: unknown[]) => unknown;
    Object.assign(client, {
      query: (...values: unknown[]) => {
        // What workers are told in passing belongs to no request.
        if ((values[0] as { name?: string }).name !== TELL.name) count += 1;
        return query(...values);
      },
    });
  };
  for (const pool of pools) {
    pool.on('connect', counted);
    for (const client of (pool as unknown as { _clients: PoolClient[] })._clients) counted(client);
  }
  return () => count;
}

function clientOf(server: Server, key?: string): HttpClient {
  const send =
    (method: Method) =>
    (path: string): request.Test => {
      const test = request(server)[method](path);
      return key ? test.set('X-API-Key', key) : test;
    };
  return {
    get: send('get'),
    post: send('post'),
    put: send('put'),
    patch: send('patch'),
    delete: send('delete'),
    head: send('head'),
    options: send('options'),
  };
}

/**
 * @param variables the environment of the process, above the defaults of tests
 * @param adjust gives it other connections to the world outside
 * @param ownDatabase another than a copy of the template; its address is that of assertions, and of the application where
 *   `variables` name no other
 */
export async function startTestApp(
  variables: Record<string, string> = {},
  adjust: (builder: TestingModuleBuilder) => TestingModuleBuilder = (builder) => builder,
  ownDatabase?: TestDatabase,
): Promise<TestApp> {
  const testDatabase = ownDatabase ?? (await createTestDatabase());
  const environment = readEnvironment(
    {
      NODE_ENV: 'test',
      ROLE: 'api',
      DATABASE_URL: testDatabase.url,
      DATABASE_POOL_SIZE: '10',
      RATE_LIMIT_FACTOR: '10000',
      ...variables,
    },
    () => '',
  );
  const config = new AppConfig(environment);
  const logger = createLogger(config.logLevel);
  const module = await adjust(Test.createTestingModule({ imports: [AppModule.forRoot(config)] })).compile();
  const nest = module.createNestApplication<NestExpressApplication>({
    bodyParser: false,
    rawBody: true,
    logger: new NestLogger(logger),
  });
  setupApp(nest, config, logger);
  await nest.listen(0, '127.0.0.1');
  const server: Server = nest.getHttpServer();
  const database = new Pool({ connectionString: testDatabase.url, max: 3 });
  // Dropping the database may end a connection that is just being closed.
  database.on('error', () => undefined);
  const http = clientOf(server);
  const source = nest.get<DataSource>(getDataSourceToken());
  const { master } = source.driver as unknown as { master: Pool };
  const shared = nest.get<SharedConnection, { pool: Pool }>(SharedConnection).pool;
  const queryCount = countQueries(master, shared);

  return {
    queryCount,
    nest,
    http,
    database,
    databaseUrl: testDatabase.url,
    client: (key) => clientOf(server, key),
    async messages(filter = {}) {
      const answer = await http.get(`/sandbox/messages?${new URLSearchParams({ limit: '100', ...filter }).toString()}`);
      expect(answer.status).toBe(200);
      return (answer.body as { items: SandboxMessage[] }).items;
    },
    async setClock(now) {
      const answer = await http.put('/sandbox/clock').send({ now });
      expect(answer.status).toBe(200);
    },
    async advance(seconds) {
      const answer = await http.post('/sandbox/clock/advance').send({ seconds });
      expect(answer.status).toBe(200);
      return (answer.body as { jobs_run: { name: string; at: string }[] }).jobs_run;
    },
    async register(overrides = {}) {
      const email = `person-${randomBytes(6).toString('hex')}@example.com`;
      const answer = await http.post('/auth/register').send({
        first_name: 'Camille',
        last_name: 'Martin',
        email,
        password: TEST_PASSWORD,
        role: 'client',
        ...overrides,
      });
      expect(answer.status).toBe(201);
      const body = answer.body as { api_key: string; user: { id: string; email: string } };
      return {
        id: body.user.id,
        email: body.user.email,
        password: typeof overrides['password'] === 'string' ? overrides['password'] : TEST_PASSWORD,
        key: body.api_key,
        http: clientOf(server, body.api_key),
      };
    },
    async close() {
      await database.end();
      await nest.close();
      await testDatabase.drop();
    },
  };
}
