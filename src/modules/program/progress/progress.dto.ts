import { Id, Optional } from 'src/common/http/fields';

export class ProgressQuery {
  /** The last time that the client got this plan; without it what the client follows now. */
  @Optional()
  @Id()
  plan_id?: string;
}
