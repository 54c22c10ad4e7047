import { Global, Module } from '@nestjs/common';
import { EventBus } from './event-bus';
import { Standings } from './standings';

@Global()
@Module({ providers: [EventBus, Standings], exports: [EventBus, Standings] })
export class EventsModule {}
