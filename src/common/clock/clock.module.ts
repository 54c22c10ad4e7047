import { Global, Module } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';
import { Clock, MovableClock, SystemClock } from './clock';

@Global()
@Module({
  providers: [
    {
      provide: Clock,
      inject: [AppConfig],
      useFactory: (config: AppConfig): Clock => (config.isProduction ? new SystemClock() : new MovableClock()),
    },
  ],
  exports: [Clock],
})
export class ClockModule {}
