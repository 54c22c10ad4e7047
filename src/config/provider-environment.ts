import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';
import { DatabaseEnvironment } from './database-environment';
import { number } from './environment-values';

/** An address of the web, on this machine too. */
export const WEB = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** The variables of the applications at providers that accounts connect to. */
export class ProviderEnvironment extends DatabaseEnvironment {
  @IsOptional()
  @IsString()
  STRAVA_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  @MinLength(16)
  STRAVA_CLIENT_SECRET?: string;

  @IsOptional()
  @IsUrl(WEB)
  STRAVA_BASE_URL?: string;

  @IsOptional()
  @Matches(/^\d{1,18}$/, { message: 'STRAVA_SUBSCRIPTION_ID must be a number' })
  STRAVA_SUBSCRIPTION_ID?: string;

  @IsOptional()
  @IsString()
  @MinLength(16)
  STRAVA_VERIFY_TOKEN?: string;

  @IsOptional()
  @IsString()
  GOOGLE_CALENDAR_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  @MinLength(16)
  GOOGLE_CALENDAR_CLIENT_SECRET?: string;

  @IsOptional()
  @IsUrl(WEB)
  GOOGLE_CALENDAR_BASE_URL?: string;

  @IsOptional()
  @IsString()
  WITHINGS_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  @MinLength(16)
  WITHINGS_CLIENT_SECRET?: string;

  @IsOptional()
  @IsUrl(WEB)
  WITHINGS_BASE_URL?: string;

  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{16,128}(,[A-Za-z0-9_-]{16,128})*$/, {
    message:
      'WITHINGS_WEBHOOK_SECRET must be 16 to 128 letters, digits, hyphens or underscores, several separated by commas',
  })
  WITHINGS_WEBHOOK_SECRET?: string;

  @Transform(number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  WITHINGS_CALLS_PER_MINUTE = 120;
}
