import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { AppConfig, processEnvironment } from './src/config/app-config';
import { findRunningServer } from './src/database/embedded/embedded-server';
import { dataSourceOptions } from './src/database/data-source';

/** The data source of the TypeORM command line: `DATABASE_URL`, or the development server that runs. */
async function commandLineSource(): Promise<DataSource> {
  const config = new AppConfig(processEnvironment());
  const databaseUrl = config.directDatabaseUrl ?? (await findRunningServer(config.dataDir));
  if (!databaseUrl) throw new Error('Set DATABASE_URL, or run `npm start` beside this command');
  return new DataSource({
    ...dataSourceOptions({ databaseUrl, poolSize: 2 }),
    entities: [join(__dirname, 'src/modules/**/*.entity.ts')],
  });
}

export default commandLineSource();
