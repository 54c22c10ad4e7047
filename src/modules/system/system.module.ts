import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { MetricsServer } from './metrics-server';
import { MetricsService } from './metrics.service';
import { SystemController } from './system.controller';
import { SystemRepository } from './system.repository';
import { SystemService } from './system.service';

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [SystemController],
  providers: [SystemRepository, SystemService, MetricsService, MetricsServer],
})
export class SystemModule {}
