import { Global, Module } from '@nestjs/common';
import { RateCounters } from './rate-counters';
import { RequestCounters } from './request-counters';

@Global()
@Module({ providers: [RateCounters, RequestCounters], exports: [RateCounters, RequestCounters] })
export class LimitsModule {}
