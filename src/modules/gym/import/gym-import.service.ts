import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { Clock } from 'src/common/clock/clock';
import { csvRecords } from 'src/common/csv/csv-records';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ImportFormatUnknown } from 'src/modules/gym/gym.errors';
import { GymImportRepository } from './gym-import.repository';
import { type ImportPlan, planOf, SeenClubs } from './gym-import.rules';
import { type ClubLine, formatOf, type ImportFormat, type LineFaultCode, readLine } from './gym-line.format';

const BATCH = 500;
/** More of them tell nothing new, and would make an answer larger than the file. */
const MOST_FAULTS = 1_000;

/** A line that was left out. */
export interface LineFault {
  /** Counted from 1, which is the header. */
  line: number;
  code: LineFaultCode;
}

export interface ImportReport {
  created: number;
  updated: number;
  /** Known already, as the line says it. */
  unchanged: number;
  /** Lines that mean a club of an earlier line, whose values count. */
  repeated: number;
  /** Lines left out. */
  faulty: number;
  /** The first thousand of them. */
  faults: LineFault[];
}

/**
 * Brings the clubs of a CSV file into the directory (rules §19): those that are new are made, those that differ are
 * changed, and a second import of the file changes nothing. It reads the file as it comes, in batches, each a
 * transaction where there is none around it; a line that cannot be taken is reported and stops nobody.
 */
@Injectable()
export class GymImportService {
  constructor(
    private readonly gyms: GymImportRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws UnsupportedMediaType (no text in UTF-8), ImportFormatUnknown (a column is missing in the header) */
  async import(input: AsyncIterable<Uint8Array>): Promise<ImportReport> {
    const report: ImportReport = { created: 0, updated: 0, unchanged: 0, repeated: 0, faulty: 0, faults: [] };
    let format: ImportFormat | null = null;
    const seen = new SeenClubs();
    let batch: ClubLine[] = [];
    const flush = async (): Promise<void> => {
      const plan = await this.store(batch, seen, report.created + report.updated === 0);
      count(report, plan);
      seen.addAll(plan.seen);
      batch = [];
    };
    for await (const { line, cells } of csvRecords(input)) {
      if (!format) {
        format = formatIn(cells);
        continue;
      }
      const club = readLine(cells, format);
      if (typeof club === 'string') note(report, { line, code: club });
      else batch.push(club);
      if (batch.length >= BATCH) await flush();
    }
    if (!format) throw new ImportFormatUnknown();
    await flush();
    return report;
  }

  @Transactional()
  private async store(lines: readonly ClubLine[], before: SeenClubs, isFirstChange: boolean): Promise<ImportPlan> {
    const now = this.clock.now();
    await this.gyms.lock();
    const chains = await this.gyms.ensureChains(lines, now);
    const plan = planOf(await this.gyms.locate(lines, chains), before);
    await this.gyms.write(plan, now);
    // An import is one act, though it may take many transactions: the first that changes something carries its entry.
    if (isFirstChange && plan.created.length + plan.updated.length > 0)
      await this.audit.write('gym.imported', { type: 'gym', id: null });
    return plan;
  }
}

/** @throws ImportFormatUnknown */
function formatIn(header: readonly string[] | null): ImportFormat {
  const format = header && formatOf(header);
  if (!format) throw new ImportFormatUnknown();
  return format;
}

function note(report: ImportReport, fault: LineFault): void {
  report.faulty += 1;
  if (report.faults.length < MOST_FAULTS) report.faults.push(fault);
}

function count(report: ImportReport, { created, updated, unchanged, repeated }: ImportPlan): void {
  report.created += created.length;
  report.updated += updated.length;
  report.unchanged += unchanged;
  report.repeated += repeated;
}
