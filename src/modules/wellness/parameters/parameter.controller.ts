import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { HealthParameterResponse } from './parameter.response';
import { ParameterService } from './parameter.service';

@ApiTags('Wellness')
@Controller('health/parameters')
@Roles('client')
export class ParameterController {
  constructor(private readonly parameters: ParameterService) {}

  @Get()
  @ApiOperation({ summary: 'What can be measured, by position' })
  async list(): Promise<HealthParameterResponse[]> {
    return (await this.parameters.active()).map((parameter) => HealthParameterResponse.from(parameter));
  }
}
