import { type MachineStatus, MAX_QR_CODE } from './machine.types';

/** Where the app goes that reads the QR code of a machine: the same path as the look-up has on the wire. */
export function machineLink(qrCode: string): string {
  return `mycoach://machines/qr/${encodeURIComponent(qrCode)}`;
}

/**
 * Whether the database can be asked for this code at all: an honest one has no more units of UTF-16, and no signs that
 * it could not store.
 */
export function isQrCode(text: string): boolean {
  return text.length <= 2 * MAX_QR_CODE && text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** A text of a form: what was emptied is not there. */
export function written(text: string | null | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** The code that a machine has, or will have once it is accepted; a refused one has lost it to others. */
export function liveCode({ status, qrCodeHash }: { status: MachineStatus; qrCodeHash: string | null }): string | null {
  return status === 'rejected' ? null : qrCodeHash;
}
