import { type ArgumentMetadata, Body, type Type } from '@nestjs/common';
import { type FieldFault, ValidationFailed } from 'src/common/errors/domain.error';
import { MOST_FAULTS, RequestValidationPipe } from './request-validation.pipe';

const LONGEST_NAME = 100;

/** Checks the fields of a class, and refuses any other by the code of what its name should have been. */
class ClosedBodyPipe extends RequestValidationPipe {
  private readonly known: ReadonlySet<string>;

  constructor(
    private readonly shape: Type<object>,
    names: readonly string[],
    private readonly code: string,
  ) {
    super();
    this.known = new Set(names);
  }

  /** A body that is a list has been refused before, by the pipe that all requests pass. */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const sent = Object.entries((value ?? {}) as Record<string, unknown>);
    const faults: FieldFault[] = sent
      .filter(([name]) => !this.known.has(name))
      .slice(0, MOST_FAULTS)
      .map(([name]) => ({ field: name.slice(0, LONGEST_NAME), code: this.code }));
    const fields = Object.fromEntries(sent.filter(([name]) => this.known.has(name)));
    const checked: unknown = await super
      .transform(fields, { ...metadata, metatype: this.shape })
      .catch((error: unknown) => {
        if (!(error instanceof ValidationFailed)) throw error;
        faults.push(...error.faults);
      });
    if (faults.length > 0) throw new ValidationFailed(faults);
    return checked;
  }
}

/**
 * The body is an object whose fields are names of a closed set, each checked as `shape` says. The parameter that it
 * decorates is of a plain type: a class would be checked before, and its unknown fields dropped.
 *
 * @param names the fields of `shape`
 * @param code the fault of a field of any other name
 */
export function ClosedBody(shape: Type<object>, names: readonly string[], code: string): ParameterDecorator {
  return Body(new ClosedBodyPipe(shape, names, code));
}
