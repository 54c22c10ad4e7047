import { type ArgumentMetadata, Injectable, type Type, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldFault, ValidationFailed } from 'src/common/errors/domain.error';
import { withoutSurplus } from './list-fields';

/** Faults are told until somebody can see what is wrong, not until he has everything back that he sent. */
export const MOST_FAULTS = 100;

/** A missing field has no other fault worth naming, nor has one of the wrong type; what is in it has none either. */
const DECISIVE = ['required', 'invalid_type'];

/** Where a missing field has a word of its own (`day_required`), that one is said. */
function decisiveOf(codes: readonly string[]): string | undefined {
  return codes.find((code) => code.endsWith('_required')) ?? DECISIVE.find((code) => codes.includes(code));
}

function faultsOf(errors: readonly ValidationError[], path: string[] = []): FieldFault[] {
  return errors.flatMap((error) => {
    const field = [...path, error.property];
    const codes = [...new Set(Object.values(error.constraints ?? {}))];
    const decisive = decisiveOf(codes);
    if (decisive) return [{ field: field.join('.'), code: decisive }];
    const own = codes.map((code) => ({ field: field.join('.'), code }));
    return [...own, ...faultsOf(error.children ?? [], field)];
  });
}

/** Drops what the route does not know, converts, and names the faults of the request at once: all, or the first hundred. */
@Injectable()
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      transform: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new ValidationFailed(faultsOf(errors).slice(0, MOST_FAULTS)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && metadata.metatype !== Array && (Array.isArray(value) || isScalar(value)))
      throw new ValidationFailed([{ field: 'body', code: 'invalid_type' }]);
    const { metatype } = metadata;
    return super.transform(metatype ? withoutSurplus(value, metatype as Type<object>) : value, metadata);
  }
}

function isScalar(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}
