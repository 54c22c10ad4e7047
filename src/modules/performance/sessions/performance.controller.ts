import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Acknowledges } from 'src/common/http/ack';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { pageOf } from 'src/common/paging/page';
import { SessionEditService } from './session-edit.service';
import { SessionEntryService } from './session-entry.service';
import { SessionReader } from './session-reader.service';
import { SessionReportService } from './session-report.service';
import { CreateSessionDto, ListSessionsQuery, ReportErrorDto, UpdateSessionDto } from './session.dto';
import { PerformanceSessionPage, PerformanceSessionResponse } from './session.response';

@ApiTags('Performances')
@Controller('performances')
@Roles('client')
export class PerformanceController {
  constructor(
    private readonly sessions: SessionReader,
    private readonly entries: SessionEntryService,
    private readonly edits: SessionEditService,
    private readonly reports: SessionReportService,
  ) {}

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Write down a training session of one’s own' })
  @Refuses({ 404: ['exercise_not_found', 'machine_not_found', 'gym_not_found', 'booking_not_found'] })
  async create(
    @CurrentUser() me: Principal,
    @Body() dto: CreateSessionDto,
    @CallerLanguage() language: Language,
  ): Promise<PerformanceSessionResponse> {
    return PerformanceSessionResponse.from(await this.entries.enter(me, dto, language));
  }

  @Post('for-client/:id')
  @Roles('coach')
  @Idempotent()
  @ApiOperation({ summary: 'Write down a client’s training session; it belongs to the client' })
  @Refuses({
    403: ['no_coaching_relation'],
    404: ['client_not_found', 'exercise_not_found', 'machine_not_found', 'gym_not_found', 'booking_not_found'],
  })
  async createForClient(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: CreateSessionDto,
    @CallerLanguage() language: Language,
  ): Promise<PerformanceSessionResponse> {
    return PerformanceSessionResponse.from(await this.entries.enterForClient(me, id, dto, language));
  }

  @Get()
  @ApiOperation({ summary: 'The own training sessions, latest first' })
  async list(
    @CurrentUser() me: Principal,
    @Query() query: ListSessionsQuery,
    @CallerLanguage() language: Language,
  ): Promise<PerformanceSessionPage> {
    return pageOf(await this.sessions.own(me, query, language), query, (view) => PerformanceSessionResponse.from(view));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One training session, for its owner and for the coaches who see it' })
  @Refuses({ 404: ['session_not_found'] })
  async get(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @CallerLanguage() language: Language,
  ): Promise<PerformanceSessionResponse> {
    return PerformanceSessionResponse.from(await this.sessions.get(me, id, language));
  }

  @Put(':id')
  @ApiOperation({ summary: 'Correct a session, within 48 h of writing it down; the sets are replaced' })
  @Refuses({
    403: ['forbidden'],
    404: ['session_not_found', 'exercise_not_found', 'machine_not_found', 'gym_not_found'],
    422: ['edit_window_expired'],
  })
  async update(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: UpdateSessionDto,
    @CallerLanguage() language: Language,
  ): Promise<PerformanceSessionResponse> {
    return PerformanceSessionResponse.from(await this.edits.update(me, id, dto, language));
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a session, within 48 h of writing it down; an imported one at any time' })
  @Refuses({ 403: ['forbidden'], 404: ['session_not_found'], 422: ['edit_window_expired'] })
  async remove(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<void> {
    await this.edits.remove(me, id);
  }

  @Post(':id/report-error')
  @Acknowledges('error_reported', 202)
  @ApiOperation({ summary: 'Tell the coach that what he entered is not right' })
  @Refuses({ 404: ['session_not_found'], 422: ['not_entered_by_coach'] })
  async reportError(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: ReportErrorDto,
  ): Promise<void> {
    await this.reports.reportError(me, id, dto);
  }
}
