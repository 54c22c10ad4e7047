import { Optional, Text } from 'src/common/http/fields';

/** What the redirect of a provider carries. A word of the provider is never repeated, and hardly read. */
export class RedirectQuery {
  @Text({ min: 1, max: 200 })
  state: string;

  /** What the grant is asked for with; absent when it was refused. */
  @Optional()
  @Text({ min: 1, max: 2_000 })
  code?: string;

  /** Why nothing was granted. */
  @Optional()
  @Text({ max: 500 })
  error?: string;

  /** What was granted, where the provider says it here. */
  @Optional()
  @Text({ max: 1_000 })
  scope?: string;

  /** Who answers (RFC 9207). */
  @Optional()
  @Text({ max: 500 })
  iss?: string;
}
