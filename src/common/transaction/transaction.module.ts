import { Global, Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { ClsPluginTransactional } from '@nestjs-cls/transactional';
import { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import { ClsModule } from 'nestjs-cls';
import { withoutEnhancers } from 'src/common/http/without-enhancers';
import { DatabaseConnector } from 'src/database/database-connector';
import { Database } from './database';
import { ReadReplica } from './read-replica';
import { ReplicaWatch } from './replica-watch';
import { SharedConnection } from './shared-connection';
import { UnitOfWork } from './unit-of-work';

// The context is opened by a middleware and by each transaction, never by the library's guard or interceptor.
const context = withoutEnhancers(
  ClsModule.forRoot({
    global: true,
    plugins: [
      new ClsPluginTransactional({
        adapter: new TransactionalAdapterTypeOrm({ dataSourceToken: getDataSourceToken() }),
      }),
    ],
  }),
);

@Global()
@Module({
  imports: [context],
  providers: [DatabaseConnector, Database, ReadReplica, ReplicaWatch, SharedConnection, UnitOfWork],
  exports: [Database, DatabaseConnector, ReadReplica, UnitOfWork],
})
export class TransactionModule {}
