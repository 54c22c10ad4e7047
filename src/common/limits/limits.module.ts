import { Global, Module } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';
import { RateCounters } from './rate-counters';
import { RequestCounters } from './request-counters';

@Global()
@Module({
  providers: [
    RateCounters,
    { provide: RequestCounters, inject: [AppConfig], useFactory: (config: AppConfig) => RequestCounters.of(config) },
  ],
  exports: [RateCounters, RequestCounters],
})
export class LimitsModule {}
