import { AppConfig } from './app-config';
import { readEnvironment } from './environment';
import type { Variables } from './environment-files';

const POOLER = 'postgres://pooler.example:6432/mycoach';
const SERVER = 'postgres://db.example/mycoach';

function configOf(variables: Variables, url?: string): AppConfig {
  const environment = readEnvironment({ NODE_ENV: 'test', ...variables }, () => '');
  return url === undefined ? new AppConfig(environment) : new AppConfig(environment, url);
}

describe('where PostgreSQL is', () => {
  it('is one server unless something else is said', () => {
    const { databaseUrl, directDatabaseUrl, isPooled, preparesStatements, replicaUrl, replicaMaxLagMs } = configOf({
      DATABASE_URL: SERVER,
    });
    expect({ databaseUrl, directDatabaseUrl, isPooled, preparesStatements, replicaUrl, replicaMaxLagMs }).toEqual({
      databaseUrl: SERVER,
      directDatabaseUrl: SERVER,
      isPooled: false,
      preparesStatements: true,
      replicaUrl: null,
      replicaMaxLagMs: 5_000,
    });
  });

  it('may be behind a pooler, which sessions of one’s own go round', () => {
    const variables = { DATABASE_URL: POOLER, DATABASE_DIRECT_URL: SERVER, DATABASE_PREPARED_STATEMENTS: 'false' };
    expect(configOf(variables)).toMatchObject({
      databaseUrl: POOLER,
      directDatabaseUrl: SERVER,
      isPooled: true,
      preparesStatements: false,
    });
    // A command is told to take the server itself.
    expect(configOf(variables, SERVER)).toMatchObject({ databaseUrl: SERVER, isPooled: false });
  });

  it('may have a replica beside it, which may lag between one second and five minutes', () => {
    const variables = { DATABASE_URL: SERVER, DATABASE_REPLICA_URL: 'postgres://replica.example/mycoach' };
    expect(configOf({ ...variables, DATABASE_REPLICA_MAX_LAG_SECONDS: '300' })).toMatchObject({
      replicaUrl: 'postgres://replica.example/mycoach',
      replicaMaxLagMs: 300_000,
    });
    for (const seconds of ['0', '301', 'soon'])
      expect(() => configOf({ ...variables, DATABASE_REPLICA_MAX_LAG_SECONDS: seconds })).toThrow(
        'DATABASE_REPLICA_MAX_LAG_SECONDS',
      );
  });

  it('is refused where a pooler or a replica belongs to no server', () => {
    for (const name of ['DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URL'])
      expect(() => configOf({ [name]: SERVER })).toThrow(`${name} is of no use without DATABASE_URL`);
  });
});
