import { type ArgumentMetadata, Body, type Type } from '@nestjs/common';
import { ValidationFailed } from 'src/common/errors/domain.error';
import { Items } from './list-fields';
import { RequestValidationPipe } from './request-validation.pipe';

/** Checks a list by the rules of a field, and names its faults as if the list were the whole request: `2.position`. */
class ArrayBodyPipe extends RequestValidationPipe {
  constructor(private readonly wrapper: Type<{ body: object[] }>) {
    super();
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      const { body } = (await super.transform({ body: value }, { ...metadata, metatype: this.wrapper })) as {
        body: object[];
      };
      return body;
    } catch (error) {
      if (!(error instanceof ValidationFailed)) throw error;
      throw new ValidationFailed(
        error.faults.map(({ field, code }) => ({ field: field.replace(/^body\./, ''), code })),
      );
    }
  }
}

/** The body is a bare list of `min` to `max` objects, each checked by the fields of its class. */
export function ArrayBody(item: Type<object>, max: number, min = 0): ParameterDecorator {
  class Wrapper {
    @Items(item, max, min)
    body: object[];
  }
  return Body(new ArrayBodyPipe(Wrapper));
}
