import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { ParameterRepository } from 'src/modules/wellness/parameters/parameter.repository';
import {
  InactiveParameter,
  IntegerRequired,
  LogNotFound,
  NoCoachingRelation,
  UnknownParameter,
} from 'src/modules/wellness/wellness.errors';
import type { CreateLogDto, ListLogsQuery } from './log.dto';
import { LogRepository } from './log.repository';
import type { HealthLogView } from './log.types';

/** What people measure of themselves, and what of it their coaches see (rules §18.4). Latest first. */
@Injectable()
export class HealthLogService {
  constructor(
    private readonly logs: LogRepository,
    private readonly parameters: ParameterRepository,
    private readonly relations: RelationService,
    private readonly clock: Clock,
  ) {}

  /** @throws UnknownParameter, InactiveParameter, IntegerRequired */
  @Transactional()
  async create(me: Principal, dto: CreateLogDto): Promise<HealthLogView> {
    const { parameter_id: parameterId, value, note = null, source } = dto;
    const parameter = orThrow((await this.parameters.findByIds([parameterId])).get(parameterId), UnknownParameter);
    if (!parameter.active) throw new InactiveParameter();
    if (parameter.dataType === 'int' && !Number.isInteger(value)) throw new IntegerRequired();
    const createdAt = this.clock.now();
    const loggedAt = dto.logged_at ?? createdAt;
    const values = { value: value + 0, note: note || null, source, loggedAt, createdAt };
    const log = { id: randomUUID(), userId: me.userId, parameterId, ...values };
    await this.logs.insert(log);
    return { ...log, parameter };
  }

  /** The own ones, of active parameters. @throws ValidationFailed `invalid_date_range` */
  async page(me: Principal, query: ListLogsQuery): Promise<Rows<HealthLogView>> {
    return this.shown(me, me.userId, null, query);
  }

  /**
   * Those of a client that he shares with the caller.
   *
   * @throws ClientNotFound (404 `client_not_found`) without a relation, NoCoachingRelation when it is neither active nor
   *   paused, ValidationFailed `invalid_date_range`
   */
  async pageOfClient(me: Principal, clientId: string, query: ListLogsQuery): Promise<Rows<HealthLogView>> {
    const relation = await this.relations.get(me.userId, clientId);
    if (!this.relations.visibility(relation).wellness) throw new NoCoachingRelation();
    return this.shown(me, clientId, me.userId, query);
  }

  /** @throws LogNotFound */
  @Transactional()
  async remove(me: Principal, id: string): Promise<void> {
    if (!(await this.logs.remove(me.userId, id))) throw new LogNotFound();
  }

  private async shown(
    me: Principal,
    userId: string,
    coachId: string | null,
    query: ListLogsQuery,
  ): Promise<Rows<HealthLogView>> {
    const range = resolveRange(query, me.timezone);
    const filter = { userId, coachId, parameterId: query.parameter_id ?? null, ...range };
    const { rows, total } = await this.logs.page(filter, query);
    const parameters = await this.parameters.findByIds(rows.map(({ parameterId }) => parameterId));
    return {
      rows: rows.map((log) => ({ ...log, parameter: orThrow(parameters.get(log.parameterId), LogNotFound) })),
      total,
    };
  }
}
