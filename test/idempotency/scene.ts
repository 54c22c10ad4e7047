import { type StravaServer } from 'test/support/strava-server';
import type { TestApp, TestPerson } from 'test/support/test-app';

export const SLOT = '2026-03-03T09:00:00Z';

/** A request that is repeated. */
export interface Attempt {
  person: TestPerson;
  path: string;
  body?: object;
  /** A file, instead of a body. */
  file?: string;
}

/** Who is there before it. */
export interface Scene {
  app: TestApp;
  strava: StravaServer;
  coach: TestPerson;
  client: TestPerson;
}

/** What leads to an answer that is kept, by route. */
export type Attempts = Readonly<Record<string, (scene: Scene) => Promise<Attempt> | Attempt>>;
