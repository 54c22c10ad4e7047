import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUrl, Max, Min } from 'class-validator';
import { flag, number } from './environment-values';

const DATABASE = { protocols: ['postgres', 'postgresql'], require_protocol: true, require_tld: false };

/** The variables that say where PostgreSQL is, and what stands before it. */
export class DatabaseEnvironment {
  @IsOptional()
  @IsUrl(DATABASE)
  DATABASE_URL?: string;

  @Transform(number)
  @IsInt()
  @Min(1)
  @Max(200)
  DATABASE_POOL_SIZE = 10;

  @IsOptional()
  @IsUrl(DATABASE)
  DATABASE_DIRECT_URL?: string;

  @Transform(flag)
  @IsIn([true, false])
  DATABASE_PREPARED_STATEMENTS = true;

  @IsOptional()
  @IsUrl(DATABASE)
  DATABASE_REPLICA_URL?: string;

  @Transform(number)
  @IsInt()
  @Min(1)
  @Max(300)
  DATABASE_REPLICA_MAX_LAG_SECONDS = 5;
}

/** Without a server behind it there is neither a pooler to go round nor a replica to follow. */
export function databaseFaults(environment: DatabaseEnvironment): string[] {
  if (environment.DATABASE_URL) return [];
  return (['DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URL'] as const)
    .filter((name) => environment[name] !== undefined)
    .map((name) => `${name} is of no use without DATABASE_URL`);
}
