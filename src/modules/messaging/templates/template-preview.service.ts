import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { UserService } from 'src/modules/auth/user.service';
import { BookingService } from 'src/modules/booking/booking.service';
import { CoachService } from 'src/modules/coach/coach.service';
import type { PreviewTemplateDto } from './template.dto';
import { TemplateNotFound } from './template.errors';
import { TemplateRepository } from './template.repository';
import type { TemplatePreview } from './template.response';
import { worded } from './wording.rules';

/** What a client would read. */
@Injectable()
export class TemplatePreviewService {
  constructor(
    private readonly templates: TemplateRepository,
    private readonly bookings: BookingService,
    private readonly coaches: CoachService,
    private readonly users: UserService,
  ) {}

  /**
   * The template with the values of one of the coach's bookings: day and time as the client writes them, by the clock
   * of the coach.
   *
   * @throws CoachProfileNotFound, TemplateNotFound, BookingNotFound
   */
  async preview(me: Principal, id: string, dto: PreviewTemplateDto): Promise<TemplatePreview> {
    await this.coaches.assertProfile(me.userId);
    const template = orThrow(await this.templates.findOwned(me.userId, id), TemplateNotFound);
    const { clientId, clientName, scheduledAt } = await this.bookings.getOfCoach(me.userId, dto.booking_id);
    const people = await this.users.findContacts([clientId, me.userId]);
    const [client, coach] = [people.get(clientId), people.get(me.userId)];
    const locale = client?.locale ?? me.locale;
    const reader = { firstName: client?.firstName ?? '', locale };
    const writer = { firstName: coach?.firstName ?? '', timezone: me.timezone };
    const resolvedBody = worded(template.body, reader, writer, scheduledAt);
    return { templateId: template.id, resolvedBody, clientName };
  }
}
