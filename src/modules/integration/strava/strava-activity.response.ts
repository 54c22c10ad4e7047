import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { minutesOf } from './strava-import.rules';
import type { ImportedActivity } from './strava-import.service';

export class StravaActivityResponse {
  strava_activity_id: string;
  name: string;
  @ApiProperty({ description: 'In the words of Strava', example: 'TrailRun' })
  type: string;
  @ApiInstant()
  start_date: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 600 })
  duration_min: number;
  @ApiProperty({ description: 'A session was made of it by this call' })
  imported: boolean;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  session_id: string | null;

  static from({ activity, session }: ImportedActivity): StravaActivityResponse {
    return {
      strava_activity_id: activity.id,
      name: activity.name,
      type: activity.sportType,
      start_date: wireInstant(activity.startDate),
      duration_min: minutesOf(activity),
      imported: session?.isNew ?? false,
      session_id: session?.sessionId ?? null,
    };
  }
}
