import { DomainEvent } from 'src/common/events/domain-event';
import type { MachineType } from './machine.types';

/** How a machine is called: brand and model where they are known, else its type. */
export interface MachineLabel {
  typeKey: MachineType;
  brand: string | null;
  model: string | null;
}

/** An admin accepted a machine, as corrected; whoever scans its code finds it from now on. */
export class MachineValidated extends DomainEvent {
  readonly name = 'performance.machine-validated.v1';

  /** @param contributorId users.id; null when the account is gone */
  constructor(
    readonly machineId: string,
    readonly contributorId: string | null,
    readonly label: MachineLabel,
    readonly at: Date,
  ) {
    super();
  }
}

/** An admin refused a machine; it is never shown, and its QR code is free again. */
export class MachineRejected extends DomainEvent {
  readonly name = 'performance.machine-rejected.v1';

  /**
   * @param contributorId users.id; null when the account is gone
   * @param reason what the admin wrote to the contributor
   */
  constructor(
    readonly machineId: string,
    readonly contributorId: string | null,
    readonly label: MachineLabel,
    readonly reason: string | null,
    readonly at: Date,
  ) {
    super();
  }
}
