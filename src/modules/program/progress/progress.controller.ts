import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { ProgressQuery } from './progress.dto';
import { ProgramProgressResponse } from './progress.response';
import { ProgressService } from './progress.service';

@ApiTags('Programmes')
@Controller('coaches/clients/:id/program-progress')
@Roles('coach')
export class ProgressController {
  constructor(private readonly progress: ProgressService) {}

  @Get()
  @ApiOperation({ summary: 'How far a client is with a plan' })
  @Refuses({ 404: ['client_not_found', 'no_program'] })
  async get(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Query() query: ProgressQuery,
    @CallerLanguage() language: Language,
  ): Promise<ProgramProgressResponse> {
    return ProgramProgressResponse.from(await this.progress.ofClient(me, id, query, language));
  }
}
