import { Module } from '@nestjs/common';

/** A client’s own space, and a coach’s clients. */
@Module({})
export class ClientModule {}
