import { Answer } from 'src/common/http/answer';

export class HealthResponse {
  /** `degraded` while the database does not answer. */
  status: 'ok' | 'degraded';
  db: 'ok' | 'error';
  version: string;
  environment: string;

  static from(health: { database: boolean; version: string; environment: string }): Answer<HealthResponse> {
    const { database, version, environment } = health;
    return database
      ? new Answer(200, { status: 'ok', db: 'ok', version, environment })
      : new Answer(503, { status: 'degraded', db: 'error', version, environment });
  }
}

export class LivenessResponse {
  status: 'ok';
}

export class ReadinessResponse {
  status: 'ready' | 'not_ready';
  /** Why not: `database`, `migrations_pending`, `shutting_down`. Absent when ready. */
  reasons?: string[];

  static from(reasons: string[]): Answer<ReadinessResponse> {
    return reasons.length === 0
      ? new Answer(200, { status: 'ready' })
      : new Answer(503, { status: 'not_ready', reasons });
  }
}
