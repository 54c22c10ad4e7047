import { Injectable } from '@nestjs/common';
import { type PublicUser, UserService } from 'src/modules/auth/user.service';
import { CreditService } from 'src/modules/payment/credits/credit.service';

/** How many clients are shown. */
const SHOWN = 10;

/** A client whose packages run low. */
export interface LowPackage {
  client: PublicUser;
  remaining: number;
}

/** What the dashboard takes from the packages. */
@Injectable()
export class LowPackageService {
  constructor(
    private readonly credits: CreditService,
    private readonly users: UserService,
  ) {}

  /** Clients with an active package and few sessions left over all of them, fewest first. */
  async of(coachId: string): Promise<LowPackage[]> {
    const low = await this.credits.lowOf(coachId, SHOWN);
    const clients = await this.users.findPublic(low.map(({ clientId }) => clientId));
    return low.flatMap(({ clientId, remaining }) => {
      const client = clients.get(clientId);
      return client ? { client, remaining } : [];
    });
  }
}
