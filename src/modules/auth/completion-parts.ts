import { Injectable } from '@nestjs/common';
import { UserRepository } from './accounts/user.repository';

/** Points of one module for one person. */
export type CompletionPart = (userId: string) => Promise<number>;

/**
 * `profile_completion_pct` across modules: each registers the points it knows of (rules §7) at module init and ends its
 * writes with `recompute`.
 */
@Injectable()
export class CompletionParts {
  private readonly parts = new Map<string, CompletionPart>();

  constructor(private readonly users: UserRepository) {}

  register(name: string, part: CompletionPart): void {
    this.parts.set(name, part);
  }

  /** Adds the points up anew. Call it within the transaction that changed them. */
  async recompute(userId: string): Promise<void> {
    // Two writers of one person: the second must see what the first one filled in, so it waits here and not at the end.
    if (!(await this.users.lock(userId))) return;
    let points = 0;
    for (const part of this.parts.values()) points += await part(userId);
    await this.users.update(userId, { profileCompletionPct: Math.min(100, Math.max(0, Math.round(points))) });
  }
}
