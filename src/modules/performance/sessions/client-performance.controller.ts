import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { pageOf } from 'src/common/paging/page';
import { SessionReader } from './session-reader.service';
import { ListSessionsQuery } from './session.dto';
import { PerformanceSessionPage, PerformanceSessionResponse } from './session.response';

@ApiTags('Performances')
@Controller('coaches/clients/:id/performances')
@Roles('coach')
export class ClientPerformanceController {
  constructor(private readonly sessions: SessionReader) {}

  @Get()
  @ApiOperation({ summary: 'A client’s training sessions: those of the two, and all of them when the client shares' })
  @Refuses({ 404: ['client_not_found'] })
  async list(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: ListSessionsQuery,
    @CallerLanguage() language: Language,
  ): Promise<PerformanceSessionPage> {
    return pageOf(await this.sessions.ofClient(me, id, query, language), query, (view) =>
      PerformanceSessionResponse.from(view),
    );
  }
}
