import { expectStatus } from './coaching';

/** What the product answers when it refuses, for tests of which fault it names. */
export interface Refusal {
  detail: string;
  message: string;
  request_id: string;
  errors?: { field: string; code: string; message: string }[];
  retry_after?: number;
}

/** Each fault as `<field> <code>`, in the order of the answer; none for an answer of another kind. */
export function faultsOf(body: unknown): string[] {
  return ((body as Partial<Refusal>).errors ?? []).map(({ field, code }) => `${field} ${code}`);
}

/** The refusal without the id of its request: two of them are then equal when they tell the same. */
export function unsigned(body: unknown): unknown {
  return { ...(body as object), request_id: '' };
}

/** Insists on a refusal with this status; its code. */
export async function refusedWith(
  request: PromiseLike<{ status: number; body: unknown }>,
  status: number,
): Promise<string> {
  return (await expectStatus<Refusal>(request, status)).detail;
}
