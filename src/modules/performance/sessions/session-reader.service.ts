import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import type { Language } from 'src/common/i18n/languages';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import { SessionNotFound } from 'src/modules/performance/performance.errors';
import { reachOf } from 'src/modules/performance/performance.policy';
import { SessionAccess } from './session-access.service';
import { type SessionFilter, SessionListRepository } from './session-list.repository';
import { type SessionView, SessionViewService } from './session-view.service';
import type { ListSessionsQuery } from './session.dto';

/** Reading sessions: the own ones, and those of a client as far as they are shown (rules §6.3). */
@Injectable()
export class SessionReader {
  constructor(
    private readonly lists: SessionListRepository,
    private readonly access: SessionAccess,
    private readonly views: SessionViewService,
  ) {}

  /** The caller's, latest date first; days are those of his zone. */
  async own(me: Principal, query: ListSessionsQuery, language: Language): Promise<Rows<SessionView>> {
    return this.page({ userId: me.userId, reader: null, ...filterOf(me, query) }, query, language);
  }

  /** A client's, as far as the caller sees them. @throws ClientNotFound when the two have no relation */
  async ofClient(
    me: Principal,
    clientId: string,
    query: ListSessionsQuery,
    language: Language,
  ): Promise<Rows<SessionView>> {
    const filter = filterOf(me, query);
    const reach = reachOf(await this.access.sightOf(me.userId, clientId));
    if (reach === 'none') return { rows: [], total: 0 };
    const reader = { id: me.userId, reach, hidden: await this.access.hiddenOf(clientId) };
    return this.page({ userId: clientId, reader, ...filter }, query, language);
  }

  /** @throws SessionNotFound also for one that the caller does not see */
  async get(me: Principal, id: string, language: Language): Promise<SessionView> {
    return this.views.one(await this.access.get(me, id), language);
  }

  /** One of the caller's own, in the words of a language. @throws SessionNotFound also for somebody else's */
  async getOwn(me: Pick<Principal, 'userId'>, id: string, language: Language): Promise<SessionView> {
    const session = await this.access.get(me, id);
    if (session.userId !== me.userId) throw new SessionNotFound();
    return this.views.one(session, language);
  }

  private async page(filter: SessionFilter, query: PageQuery, language: Language): Promise<Rows<SessionView>> {
    const { rows, total } = await this.lists.page(filter, query);
    return { rows: await this.views.many(rows, language), total };
  }
}

function filterOf(me: Principal, query: ListSessionsQuery): Omit<SessionFilter, 'userId' | 'reader'> {
  return {
    sessionType: query.session_type,
    gymId: query.gym_id,
    exerciseTypeId: query.exercise_type_id,
    muscleGroup: query.muscle_group,
    ...resolveRange(query, me.timezone),
  };
}
