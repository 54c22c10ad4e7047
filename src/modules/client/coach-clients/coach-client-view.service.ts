import { Injectable } from '@nestjs/common';
import type { Rows } from 'src/common/paging/page';
import { BookingService } from 'src/modules/booking/booking.service';
import { NoteService } from 'src/modules/coach/notes/note.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { CreditService } from 'src/modules/payment/credits/credit.service';
import type { ClientRow, ClientView } from './coach-client.types';

/** What a coach sees of his clients beside their names: in three queries, however many they are. */
@Injectable()
export class CoachClientViewService {
  constructor(
    private readonly notes: NoteService,
    private readonly relations: RelationService,
    private readonly credits: CreditService,
    private readonly bookings: BookingService,
  ) {}

  async one(coachId: string, row: ClientRow): Promise<ClientView> {
    const { rows } = await this.many(coachId, { rows: [row], total: 1 });
    const [view] = rows;
    if (!view) throw new Error('a row has its view');
    return view;
  }

  async many(coachId: string, { rows, total }: Rows<ClientRow>): Promise<Rows<ClientView>> {
    const ids = rows.map(({ id }) => id);
    const notes = await this.notes.ofClients(coachId, ids);
    const credits = await this.credits.sumsOf(coachId, ids);
    const times = await this.bookings.sessionTimes(coachId, ids);
    const views = rows.map(({ email, phone, goal, relation, ...person }): ClientView => {
      const sees = this.relations.visibility(relation);
      return {
        person,
        relation,
        sees,
        email: sees.contact ? email : null,
        phone: sees.contact ? phone : null,
        goal: sees.profile ? goal : null,
        note: notes.get(person.id)?.content ?? null,
        sessionsRemaining: credits.get(person.id)?.remaining ?? 0,
        lastSessionAt: times.get(person.id)?.last ?? null,
        nextSessionAt: times.get(person.id)?.next ?? null,
        sessionsCount: times.get(person.id)?.count ?? 0,
      };
    });
    return { rows: views, total };
  }
}
