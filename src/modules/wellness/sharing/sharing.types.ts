import type { HealthParameter } from 'src/modules/wellness/entities/health-parameter.entity';

/** What of a person one coach may see, by active parameter. */
export interface HealthSharingView {
  coachId: string;
  /** By position. */
  settings: { parameter: HealthParameter; shared: boolean }[];
}
