import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldFault, ValidationFailed } from 'src/common/errors/domain.error';

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

/** Drops what the route does not know, converts, and names every fault of the request at once. */
@Injectable()
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      transform: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new ValidationFailed(faultsOf(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && metadata.metatype !== Array && (Array.isArray(value) || isScalar(value)))
      throw new ValidationFailed([{ field: 'body', code: 'invalid_type' }]);
    return super.transform(value, metadata);
  }
}

function isScalar(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}
