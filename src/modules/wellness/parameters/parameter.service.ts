import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import type { HealthParameter } from 'src/modules/wellness/entities/health-parameter.entity';
import { ParameterNotFound } from 'src/modules/wellness/wellness.errors';
import type { CreateParameterDto, UpdateParameterDto } from './parameter.dto';
import { ParameterRepository } from './parameter.repository';
import { trimmedLabel } from './parameter.rules';

/** What people may measure of themselves (contract §4.28). Lists are by position. */
@Injectable()
export class ParameterService {
  constructor(
    private readonly parameters: ParameterRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async active(): Promise<HealthParameter[]> {
    return this.parameters.all({ activeOnly: true });
  }

  async all(): Promise<HealthParameter[]> {
    return this.parameters.all({ activeOnly: false });
  }

  /** @throws SlugExists */
  @Transactional()
  async create(dto: CreateParameterDto): Promise<HealthParameter> {
    const { slug, label, unit = null, data_type: dataType, category, position = null } = dto;
    const write = { slug, label: trimmedLabel(label), unit, dataType, category, position };
    const parameter = await this.parameters.insert(write, this.clock.now());
    await this.audit.write('health_parameter.created', { type: 'health_parameter', id: parameter.id });
    return parameter;
  }

  /** @throws ParameterNotFound */
  @Transactional()
  async update(id: string, dto: UpdateParameterDto): Promise<HealthParameter> {
    const parameter = orThrow(await this.parameters.lock(id), ParameterNotFound);
    const { category = parameter.category, position = parameter.position, active = parameter.active } = dto;
    const label = dto.label === undefined ? parameter.label : trimmedLabel(dto.label);
    const unit = dto.unit === undefined ? parameter.unit : dto.unit;
    const changed = { ...parameter, label, unit, category, position, active };
    await this.parameters.update(changed);
    await this.audit.write('health_parameter.updated', { type: 'health_parameter', id });
    return changed;
  }

  /** Its values are kept, and hidden until it is switched on again. @throws ParameterNotFound */
  @Transactional()
  async switchOff(id: string): Promise<HealthParameter> {
    const parameter = { ...orThrow(await this.parameters.lock(id), ParameterNotFound), active: false };
    await this.parameters.update(parameter);
    await this.audit.write('health_parameter.switched_off', { type: 'health_parameter', id });
    return parameter;
  }
}
