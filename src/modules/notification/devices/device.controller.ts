import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, Roles } from 'src/common/auth/access.decorators';
import type { Principal } from 'src/common/auth/principal';
import { ForgetDeviceDto, RegisterDeviceDto } from './device.dto';
import { DeviceService } from './device.service';

@ApiTags('Notifications')
@Controller('push/register')
export class DeviceController {
  constructor(private readonly devices: DeviceService) {}

  @Post()
  @Roles('client')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let this device ring for me; one that rang for somebody else does so no more' })
  async register(@CurrentUser() me: Principal, @Body() dto: RegisterDeviceDto): Promise<void> {
    await this.devices.register(me, dto);
  }

  @Delete()
  @Roles('client')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let this device ring no more' })
  async forget(@CurrentUser() me: Principal, @Body() dto: ForgetDeviceDto): Promise<void> {
    await this.devices.forget(me, dto);
  }
}
