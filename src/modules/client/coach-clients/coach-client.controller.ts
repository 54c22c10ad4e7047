import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { pageOf } from 'src/common/paging/page';
import { CoachNoteResponse } from 'src/modules/coach/notes/note.response';
import { NoteService } from 'src/modules/coach/notes/note.service';
import { RelationResponse } from 'src/modules/coach/relations/relation.response';
import { ChangeRelationDto, ListClientsQuery, WriteNoteDto } from './coach-client.dto';
import { ClientDetailResponse, ClientSummaryPage, ClientSummaryResponse } from './coach-client.response';
import { CoachClientService } from './coach-client.service';
import { CoachClientDetailService } from './coach-client-detail.service';

@ApiTags('Coach clients')
@Controller('coaches/clients')
@Roles('coach')
export class CoachClientController {
  constructor(
    private readonly clients: CoachClientService,
    private readonly details: CoachClientDetailService,
    private readonly notes: NoteService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The own clients' })
  @Refuses({ 404: ['coach_profile_not_found'] })
  async list(@CurrentUser() me: Principal, @Query() query: ListClientsQuery): Promise<ClientSummaryPage> {
    return pageOf(await this.clients.page(me, query), query, (client) => ClientSummaryResponse.from(client));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of the own clients, as far as the relation goes' })
  @Refuses({ 404: ['client_not_found'] })
  async get(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<ClientDetailResponse> {
    return ClientDetailResponse.of(await this.details.get(me, id));
  }

  @Put(':id/relation')
  @ApiOperation({ summary: 'Take on, pause, resume or end a relation' })
  @Refuses({ 404: ['client_not_found'], 422: ['invalid_relation_transition'] })
  async changeRelation(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: ChangeRelationDto,
  ): Promise<RelationResponse> {
    return RelationResponse.from(await this.clients.changeRelation(me, id, dto));
  }

  @Get(':id/note')
  @ApiOperation({ summary: 'The own note about a client' })
  @Refuses({ 404: ['client_not_found'] })
  async note(@CurrentUser() me: Principal, @Param('id', IdPipe) id: string): Promise<CoachNoteResponse> {
    return CoachNoteResponse.from(await this.notes.find(me.userId, id));
  }

  @Put(':id/note')
  @ApiOperation({ summary: 'Replace the own note about a client; nobody else ever sees it' })
  @Refuses({ 404: ['client_not_found'] })
  async writeNote(
    @CurrentUser() me: Principal,
    @Param('id', IdPipe) id: string,
    @Body() dto: WriteNoteDto,
  ): Promise<CoachNoteResponse> {
    return CoachNoteResponse.from(await this.notes.write(me.userId, id, dto.content));
  }
}
