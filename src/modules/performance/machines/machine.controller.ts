import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { SubmitMachineDto } from './machine.dto';
import { MachineResponse } from './machine.response';
import { MachineService } from './machine.service';

@ApiTags('Machines')
@Controller('machines')
@Roles('client')
export class MachineController {
  constructor(private readonly machines: MachineService) {}

  @Get('qr/:hash')
  @ApiOperation({ summary: 'The machine behind a QR code' })
  @Refuses({ 404: ['machine_not_found'] })
  async findByQrCode(
    @CurrentUser() me: Principal,
    @Param('hash') hash: string,
    @CallerLanguage() language: Language,
  ): Promise<MachineResponse> {
    return MachineResponse.from(await this.machines.findByQrCode(hash, language), me);
  }

  @Post('submit')
  @Idempotent()
  @ApiOperation({ summary: 'Describe a machine, for an admin to accept' })
  @Refuses({ 404: ['exercise_not_found'], 409: ['qr_code_exists'] })
  async submit(
    @CurrentUser() me: Principal,
    @Body() dto: SubmitMachineDto,
    @CallerLanguage() language: Language,
  ): Promise<MachineResponse> {
    return MachineResponse.from(await this.machines.submit(me, dto, language), me);
  }
}
