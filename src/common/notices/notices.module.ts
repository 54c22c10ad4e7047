import { Global, Module } from '@nestjs/common';
import { DatabaseListener } from './database-listener';

@Global()
@Module({ providers: [DatabaseListener], exports: [DatabaseListener] })
export class NoticesModule {}
