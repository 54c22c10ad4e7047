import { Choice, Optional, Whole } from 'src/common/http/fields';
import { type Theme, THEMES } from './theme';

/** How a chart shall look. */
export class ChartQuery {
  @Optional()
  @Choice(THEMES)
  theme: Theme = 'light';

  /** Pixels. */
  @Optional()
  @Whole(320, 1_600, { query: true })
  width: number = 800;
}
