import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { ConnectionStatusService } from './connection-status.service';
import { IntegrationStatusResponse } from './connection.response';

@ApiTags('Integrations')
@Controller('integrations')
@Roles('client')
export class ConnectionController {
  constructor(private readonly connections: ConnectionStatusService) {}

  @Get('status')
  @ApiOkResponse({ type: [IntegrationStatusResponse] })
  @ApiOperation({ summary: 'Which providers the caller is connected to' })
  async states(@CurrentUser() me: Principal): Promise<IntegrationStatusResponse[]> {
    return (await this.connections.states(me)).map((state) => IntegrationStatusResponse.from(state));
  }

  @Delete('disconnect/:provider')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiOperation({ summary: 'End a connection; what was granted is given back to the provider' })
  @Refuses({ 404: ['integration_not_found'] })
  async disconnect(@CurrentUser() me: Principal, @Param('provider') provider: string): Promise<void> {
    await this.connections.disconnect(me, provider);
  }
}
