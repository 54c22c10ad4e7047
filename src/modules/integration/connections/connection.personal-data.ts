import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PROVIDERS } from 'src/modules/integration/provider.types';
import { ConnectionRepository } from './connection.repository';
import { ConnectionService } from './connection.service';

const SECRET = 'opens an account at the provider';
const HOW = 'how it is kept';

/** To which providers somebody is connected: their names, and never what opens his accounts there. */
@Injectable()
export class ConnectionPersonalData extends PersonalDataPart {
  readonly name = 'integration.connections';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'oauth_connections',
      exported: ['provider'],
      withheld: {
        id: 'key',
        user_id: 'whose export it is',
        external_id: 'names only (contract §4.23)',
        scope: 'names only (contract §4.23)',
        access_token: SECRET,
        refresh_token: SECRET,
        expires_at: HOW,
        needs_reconnect: HOW,
        version: HOW,
        refresher: HOW,
        refreshing_until: HOW,
        connected_at: 'names only (contract §4.23)',
        updated_at: HOW,
      },
    },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'integrations_connected',
      isSingle: false,
      fields: ['provider'],
      rows: ({ userId }) => this.rows(userId),
    },
  ];

  constructor(
    private readonly connections: ConnectionRepository,
    private readonly service: ConnectionService,
  ) {
    super();
  }

  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    for (const provider of PROVIDERS) await this.service.drop(userId, provider, false);
    return 'done';
  }

  private async *rows(userId: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
    for (const { provider } of await this.connections.ofUser(userId)) yield { provider };
  }
}
