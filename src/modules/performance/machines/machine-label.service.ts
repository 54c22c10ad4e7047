import { setImmediate as breath } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { Language } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { qrSvg } from 'src/common/qr/qr-code';
import type { Machine } from 'src/modules/performance/entities/machine.entity';
import { MachineNotFound } from './machine.errors';
import { MachineRepository } from './machine.repository';
import { liveCode, machineLink } from './machine.rules';
import { labelSheet, type MachineLabelText } from './machine-sheet.template';

/** What hangs on the machines (contract §4.30). */
@Injectable()
export class MachineLabelService {
  constructor(
    private readonly machines: MachineRepository,
    private readonly translator: Translator,
  ) {}

  /** The QR code as an SVG. @param size pixels of a side @throws MachineNotFound also when it has no code, or lost it */
  async code(id: string, size: number): Promise<Buffer> {
    const machines = await this.machines.findByIds([id]);
    return Buffer.from(await qrSvg(linkOf(machines.get(id)), size));
  }

  /** A page of HTML with one label for each id, in that order. @throws MachineNotFound when one has no code */
  async sheet(ids: readonly string[], language: Language): Promise<string> {
    const machines = await this.machines.findByIds(ids);
    const say = (key: string): string => this.translator.text(language, `performance.${key}`);
    const wanted = ids.map((id) => orThrow(machines.get(id), MachineNotFound));
    const links = wanted.map((machine) => ({ machine, link: linkOf(machine) }));
    const labels: MachineLabelText[] = [];
    // One after another: drawn at once, sixty of them let nobody else have a turn.
    for (const { machine, link } of links) {
      const name = [machine.brand, machine.model].filter(Boolean).join(' ');
      labels.push({ name, type: say(`machine_types.${machine.typeKey}`), qr: await qrSvg(link) });
      await breath();
    }
    return labelSheet({ language, title: say('labels.title'), invitation: say('labels.scan') }, labels);
  }
}

function linkOf(machine: Machine | undefined): string {
  return machineLink(orThrow(machine && liveCode(machine), MachineNotFound));
}
