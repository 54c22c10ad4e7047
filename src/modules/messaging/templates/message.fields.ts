import { applyDecorators } from '@nestjs/common';
import { Check, Text } from 'src/common/http/fields';
import { hasUnknownVariable } from './template.rules';

/** Longer than that is for a mail. */
export const MAX_MESSAGE = 300;

/** A text that may hold `{prénom}`, `{date}`, `{heure}` and `{coach}`, and no other braces. */
export const KnownVariables = (): PropertyDecorator =>
  Check('unknown_template_variable', (text) => typeof text !== 'string' || !hasUnknownVariable(text));

/** What a coach writes instead of choosing a template. */
export const OwnMessage = (): PropertyDecorator =>
  applyDecorators(Text({ max: MAX_MESSAGE, tooLong: 'message_too_long', multiline: true }), KnownVariables());
