import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { IdPipe } from 'src/common/http/id.pipe';
import { AnswersPage } from 'src/common/http/page-answer';
import { Refuses } from 'src/common/http/refuses';
import { Unlimited } from 'src/common/limits/request-limit.guard';
import { pageOf } from 'src/common/paging/page';
import { SandboxClockService } from './sandbox-clock.service';
import { SandboxJobService } from './sandbox-job.service';
import { SandboxMessageService } from './sandbox-message.service';
import { AdvanceSandboxClockDto, ListSandboxMessagesQuery, SetSandboxClockDto } from './sandbox.dto';
import {
  SandboxAdvanceResponse,
  SandboxClockResponse,
  SandboxMessagePage,
  SandboxMessageResponse,
  SandboxSingleRunResponse,
} from './sandbox.response';

/** A mail brings its style in attributes. It may load nothing, run nothing and send nothing. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** For the people who build the mobile client, and for tests. Never loaded in production. */
@ApiTags('Sandbox')
@Controller('sandbox')
@Unlimited()
export class SandboxController {
  constructor(
    private readonly messages: SandboxMessageService,
    private readonly clock: SandboxClockService,
    private readonly jobs: SandboxJobService,
  ) {}

  @Get('messages')
  @Public()
  @ApiOperation({ summary: 'What would have been sent, newest first' })
  async listMessages(@Query() query: ListSandboxMessagesQuery): Promise<SandboxMessagePage> {
    return pageOf(await this.messages.page(query), query, SandboxMessageResponse.from);
  }

  @Get('messages/:id/preview')
  @Public()
  @AnswersPage(MAIL_POLICY)
  @ApiOperation({ summary: 'A mail as its reader sees it, for a browser' })
  @Refuses({ 404: ['message_not_found'] })
  async previewMessage(@Param('id', IdPipe) id: string): Promise<string> {
    return this.messages.preview(id);
  }

  @Delete('messages')
  @Public()
  @HttpCode(204)
  @ApiOperation({ summary: 'Empty the mailbox' })
  async deleteMessages(): Promise<void> {
    await this.messages.deleteAll();
  }

  @Get('clock')
  @Public()
  @ApiOperation({ summary: 'Where the clock of the product stands' })
  readClock(): SandboxClockResponse {
    return SandboxClockResponse.from(this.clock.state());
  }

  @Put('clock')
  @Public()
  @ApiOperation({ summary: 'Put the clock to an instant, or back to real time; runs no job' })
  async setClock(@Body() dto: SetSandboxClockDto): Promise<SandboxClockResponse> {
    return SandboxClockResponse.from(await this.clock.set(dto.now, dto.frozen));
  }

  @Post('clock/advance')
  @Public()
  @HttpCode(200)
  @ApiOperation({ summary: 'Let time pass, with the jobs that fall due on the way' })
  async advanceClock(@Body() dto: AdvanceSandboxClockDto): Promise<SandboxAdvanceResponse> {
    return SandboxAdvanceResponse.from(await this.jobs.advance(dto.seconds));
  }

  @Post('jobs/:name/run')
  @Public()
  @HttpCode(200)
  @ApiOperation({ summary: 'Run one periodic job now' })
  @Refuses({ 404: ['job_not_found'] })
  async runJob(@Param('name') name: string): Promise<SandboxSingleRunResponse> {
    return SandboxSingleRunResponse.from(await this.jobs.run(name));
  }
}
