import { Controller, Get, Header, Headers } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { type Answer, VariableStatus } from 'src/common/http/answer';
import { Refuses } from 'src/common/http/refuses';
import { Unlimited } from 'src/common/limits/request-limit.guard';
import { MetricsService } from './metrics.service';
import { HealthResponse, LivenessResponse, ReadinessResponse } from './system.response';
import { SystemService } from './system.service';

@ApiTags('System')
@Controller()
@Public()
@Unlimited()
export class SystemController {
  constructor(
    private readonly system: SystemService,
    private readonly metrics: MetricsService,
  ) {}

  @Get('health')
  @VariableStatus()
  @ApiOperation({ summary: 'Whether the process and its database answer' })
  @ApiOkResponse({ type: HealthResponse })
  @ApiServiceUnavailableResponse({ type: HealthResponse })
  async health(): Promise<Answer<HealthResponse>> {
    return HealthResponse.from(await this.system.health());
  }

  @Get('livez')
  @ApiOperation({ summary: 'Whether the process turns' })
  livez(): LivenessResponse {
    return { status: 'ok' };
  }

  @Get('readyz')
  @VariableStatus()
  @ApiOperation({ summary: 'Whether traffic may come here, and if not why' })
  @ApiOkResponse({ type: ReadinessResponse })
  @ApiServiceUnavailableResponse({ type: ReadinessResponse })
  async readyz(): Promise<Answer<ReadinessResponse>> {
    return ReadinessResponse.from(await this.system.unreadiness());
  }

  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'The figures of this process, for Prometheus' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ type: String })
  @Refuses({ 401: ['metrics_token_invalid'] })
  async figures(@Headers('authorization') authorization?: string): Promise<string> {
    return this.metrics.textFor(authorization);
  }
}
