import { Injectable } from '@nestjs/common';
import { languageOf } from 'src/common/i18n/languages';
import { wireInstant } from 'src/common/http/instants';
import { batches } from 'src/common/paging/batches';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import type { HealthLog } from 'src/modules/wellness/entities/health-log.entity';
import { LogRepository } from './logs/log.repository';
import { ParameterRepository } from './parameters/parameter.repository';
import { labelIn } from './parameters/parameter.rules';
import { SharingRepository } from './sharing/sharing.repository';

const BATCH = 500;

/** What somebody measured of himself, and with which coaches he shares it. */
@Injectable()
export class WellnessPersonalData extends PersonalDataPart {
  readonly name = 'wellness';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'health_logs',
      exported: ['id', 'parameter_id', 'value', 'note', 'source', 'logged_at', 'created_at'],
      withheld: { user_id: 'whose export it is' },
    },
    {
      table: 'health_sharings',
      // With each value, as the names of those who may see it.
      exported: ['coach_id', 'parameter_id'],
      withheld: { user_id: 'whose export it is', shared_at: 'how it is kept' },
    },
  ];

  override readonly sections: readonly ExportSection[] = [
    {
      name: 'health_logs',
      isSingle: false,
      fields: ['id', 'parameter', 'label', 'unit', 'value', 'note', 'source', 'logged_at', 'created_at', 'shared_with'],
      rows: (person) => this.logsOf(person),
    },
  ];

  constructor(
    private readonly logs: LogRepository,
    private readonly parameters: ParameterRepository,
    private readonly sharings: SharingRepository,
  ) {
    super();
  }

  async erase({ userId }: DataSubject): Promise<ErasureStep> {
    await this.sharings.removeAll(userId);
    return (await this.logs.removeSome(userId, BATCH)) === BATCH ? 'more' : 'done';
  }

  /** Values of parameters that are switched off too: they are kept. */
  private async *logsOf({ userId, locale }: DataSubject): AsyncIterable<Readonly<Record<string, unknown>>> {
    const parameters = new Map((await this.parameters.all({ activeOnly: false })).map((each) => [each.id, each]));
    const shared = await this.sharings.findOfPerson(userId);
    const all = batches<HealthLog>(BATCH, (last) => this.logs.after(userId, last?.id ?? null, BATCH));
    for await (const batch of all)
      for (const { id, parameterId, value, note, source, loggedAt, createdAt } of batch) {
        const parameter = parameters.get(parameterId);
        yield {
          id,
          parameter: parameter?.slug ?? null,
          label: parameter ? labelIn(languageOf(locale), parameter.label) : null,
          unit: parameter?.unit ?? null,
          value,
          note,
          source,
          logged_at: wireInstant(loggedAt),
          created_at: wireInstant(createdAt),
          shared_with: shared.filter((one) => one.parameterId === parameterId).map(({ coachName }) => coachName),
        };
      }
  }
}
