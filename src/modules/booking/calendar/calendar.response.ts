import { ApiProperty } from '@nestjs/swagger';

export class CalendarFeedResponse {
  @ApiProperty({ format: 'uri', description: 'Secret: whoever knows it reads the calendar. Shown here only' })
  url: string;

  static from(url: string): CalendarFeedResponse {
    return { url };
  }
}
