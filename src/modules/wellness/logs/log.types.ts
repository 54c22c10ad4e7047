import type { HealthLog } from 'src/modules/wellness/entities/health-log.entity';
import type { HealthParameter } from 'src/modules/wellness/entities/health-parameter.entity';

/** A value with its note in clear and what it is a value of. */
export interface HealthLogView extends HealthLog {
  parameter: HealthParameter;
}
