import { ApiProperty } from '@nestjs/swagger';
import type { StravaPush } from 'src/modules/integration/entities/strava-push.entity';
import { PUSHED_SPORTS, type PushedSport } from './strava.types';

/** Where people look at activities, whatever host the API has. */
const PAGES = 'https://www.strava.com/activities';

export class StravaPushResponse {
  @ApiProperty({ enum: ['pushed'] })
  status: 'pushed';
  strava_activity_id: string;
  name: string;
  @ApiProperty({ enum: PUSHED_SPORTS })
  type: PushedSport;
  @ApiProperty({ description: 'The wall clock where its owner lives, without offset', example: '2026-03-02T10:30:00' })
  start_date_local: string;
  strava_activity_url: string;

  static from({ activityId, name, sportType, startDateLocal }: StravaPush): StravaPushResponse {
    const id = activityId ?? '';
    return {
      status: 'pushed',
      strava_activity_id: id,
      name,
      type: sportType,
      start_date_local: startDateLocal,
      strava_activity_url: `${PAGES}/${id}`,
    };
  }
}
