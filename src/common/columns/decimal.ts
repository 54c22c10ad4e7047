import type { ValueTransformer } from 'typeorm';

/** PostgreSQL hands a `numeric` out as text, because it may be longer than a number can say. Those of ours are short. */
export const DECIMAL: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
