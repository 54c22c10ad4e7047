import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { type Contact, UserService } from 'src/modules/auth/user.service';
import { type MachineLabel, MachineRejected, MachineValidated } from 'src/modules/performance/machines/machine.events';
import { AnnouncementService } from './announcement.service';

/** Tells people what became of the machines they described. */
@Injectable()
export class MachineNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly users: UserService,
    private readonly announcements: AnnouncementService,
    private readonly translator: Translator,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(MachineValidated, 'notification', (event) => this.accepted(event));
    this.events.subscribe(MachineRejected, 'notification', (event) => this.refused(event));
  }

  private async accepted({ machineId, contributorId, label }: MachineValidated): Promise<void> {
    const contributor = await this.contributor(contributorId);
    if (!contributor) return;
    await this.announcements.announce(contributor, {
      type: 'machine_validated',
      fact: machineId,
      data: { machine_id: machineId },
      values: { machine: this.nameOf(label, contributor) },
    });
  }

  private async refused({ machineId, contributorId, label, reason }: MachineRejected): Promise<void> {
    const contributor = await this.contributor(contributorId);
    if (!contributor) return;
    await this.announcements.announce(contributor, {
      type: 'machine_rejected',
      fact: machineId,
      ...(reason && { variant: 'with_reason' }),
      data: { machine_id: machineId },
      values: { machine: this.nameOf(label, contributor), reason: reason ?? '' },
    });
  }

  private async contributor(id: string | null): Promise<Contact | null> {
    return id === null ? null : this.users.findContact(id);
  }

  /** As its brand calls it, else what it is. */
  private nameOf({ typeKey, brand, model }: MachineLabel, { locale }: Contact): string {
    const name = [brand, model].filter(Boolean).join(' ');
    return name || this.translator.text(languageOf(locale), `performance.machine_types.${typeKey}`);
  }
}
