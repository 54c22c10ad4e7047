import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { ValidationFailed } from 'src/common/errors/domain.error';
import { parseInstant } from './fields';

/** An instant of a path, as the wire writes it. */
@Injectable()
export class InstantPipe implements PipeTransform<string, Date> {
  transform(value: string, { data }: ArgumentMetadata): Date {
    const instant = parseInstant(value);
    if (!instant) throw new ValidationFailed([{ field: data ?? 'at', code: 'invalid_datetime' }]);
    return instant;
  }
}
