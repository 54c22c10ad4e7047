import { Nullable, Optional, Text } from 'src/common/http/fields';
import { MAX_PROMPT } from './video-prompt.rules';

export class GenerateVideoDto {
  /** What the video is to show, in the place of what is made of the exercise. */
  @Optional()
  @Text({ min: 1, max: MAX_PROMPT, multiline: true })
  prompt?: string;
}

export class RejectVideoDto {
  @Nullable()
  @Text({ max: 500, multiline: true })
  reason?: string | null;
}
