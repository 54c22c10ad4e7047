import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { ValidationFailed } from 'src/common/errors/domain.error';

/** An id of a path. A malformed one is a fault of the request; a well-formed unknown one is a missing row. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    if (!isUUID(value, 'loose')) throw new ValidationFailed([{ field: data ?? 'id', code: 'invalid_format' }]);
    return value.toLowerCase();
  }
}
