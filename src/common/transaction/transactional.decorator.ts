import { Inject } from '@nestjs/common';
import { UnitOfWork } from './unit-of-work';

const UNIT_OF_WORK = Symbol('unit of work');

type Method<A extends unknown[], R> = (this: object, ...args: A) => Promise<R>;

/**
 * Makes a service's public write one unit of work: it joins the ambient transaction or opens one, and is re-run whole
 * after a deadlock. The unit of work is injected into the instance, so that two applications in a process keep apart.
 */
export function Transactional() {
  return function <A extends unknown[], R>(
    prototype: object,
    _name: string | symbol,
    descriptor: TypedPropertyDescriptor<(...args: A) => Promise<R>>,
  ): void {
    Inject(UnitOfWork)(prototype, UNIT_OF_WORK);
    const method = descriptor.value as Method<A, R>;
    descriptor.value = function (this: object, ...args: A): Promise<R> {
      const unit = (this as { [UNIT_OF_WORK]: UnitOfWork })[UNIT_OF_WORK];
      return unit.run(() => method.apply(this, args));
    };
  };
}
