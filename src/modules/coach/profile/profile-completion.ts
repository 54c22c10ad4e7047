import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import { GymService } from 'src/modules/gym/gym.service';
import { CoachProfileRepository } from './profile.repository';
import { completionPoints } from './profile.rules';

/** The coach's part of `profile_completion_pct` (rules §7). */
@Injectable()
export class CoachProfileCompletion implements OnModuleInit {
  constructor(
    private readonly parts: CompletionParts,
    private readonly profiles: CoachProfileRepository,
    private readonly gyms: GymService,
  ) {}

  onModuleInit(): void {
    this.parts.register('coach', (userId) => this.pointsOf(userId));
  }

  private async pointsOf(userId: string): Promise<number> {
    const filledIn = await this.profiles.filledIn(userId);
    if (!filledIn) return 0;
    return completionPoints({ ...filledIn, gyms: (await this.gyms.countOf(userId, 'coach')) > 0 });
  }
}
