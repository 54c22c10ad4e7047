import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { AppConfig } from 'src/config/app-config';
import { connectionOptions } from './connection';
import { MIGRATIONS } from './migrations';
import { SnakeNamingStrategy } from './snake-naming.strategy';

type Where = Pick<AppConfig, 'databaseUrl' | 'poolSize'> & Partial<Pick<AppConfig, 'isPooled'>>;

/** One set of options for the application, the migrations, the command line and the tests. */
export function dataSourceOptions({ isPooled = false, ...config }: Where): DataSourceOptions {
  const { connectionString, ...extra } = connectionOptions({ ...config, isPooled });
  return {
    type: 'postgres',
    driver: pg,
    url: connectionString,
    poolSize: config.poolSize,
    extra,
    migrations: [...MIGRATIONS],
    namingStrategy: new SnakeNamingStrategy(),
    synchronize: false,
    migrationsRun: false,
    migrationsTransactionMode: 'each',
    logging: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
  };
}

export function createDataSource(config: Where): DataSource {
  return new DataSource(dataSourceOptions(config));
}
