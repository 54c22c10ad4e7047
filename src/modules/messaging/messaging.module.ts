import { Module } from '@nestjs/common';

/** The messages a coach keeps ready. */
@Module({})
export class MessagingModule {}
