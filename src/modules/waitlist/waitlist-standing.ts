import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Standings } from 'src/common/events/standings';
import { WaitlistRepository } from './waitlist.repository';
import { isLapsed } from './waitlist.rules';

/** Tells those who carry messages how an entry stands: by its status, and an offer is over when its time is. */
@Injectable()
export class WaitlistStanding implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly entries: WaitlistRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.standings.register('waitlist_entry', async (id) => {
      const entry = await this.entries.findById(id);
      return entry && (isLapsed(entry, this.clock.now()) ? 'expired' : entry.status);
    });
  }
}
