/** A success with nothing else to tell. */
export class AckResponse {
  /** Machine code, stable. */
  detail: string;
  /** The same in the caller's language. */
  message: string;
}
