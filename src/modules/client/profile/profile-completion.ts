import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CompletionParts } from 'src/modules/auth/completion-parts';
import { UserService } from 'src/modules/auth/user.service';
import { QuestionnaireRepository } from 'src/modules/client/questionnaire/questionnaire.repository';
import { ClientProfileRepository } from './profile.repository';
import { completionPoints } from './profile.rules';

/** The client's part of `profile_completion_pct` (rules §7). */
@Injectable()
export class ClientProfileCompletion implements OnModuleInit {
  constructor(
    private readonly parts: CompletionParts,
    private readonly users: UserService,
    private readonly profiles: ClientProfileRepository,
    private readonly questionnaires: QuestionnaireRepository,
  ) {}

  onModuleInit(): void {
    this.parts.register('client', (userId) => this.pointsOf(userId));
  }

  private async pointsOf(userId: string): Promise<number> {
    const profile = await this.profiles.findByUserId(userId);
    if (!profile) return 0;
    // A coach may train with somebody too; his hundred is that of a coach.
    const user = await this.users.findById(userId);
    return user?.role === 'client' ? completionPoints(profile, await this.questionnaires.find(userId)) : 0;
  }
}
