import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { Idempotent } from 'src/common/idempotency/idempotency.interceptor';
import { CreateParameterDto, UpdateParameterDto } from './parameter.dto';
import { HealthParameterResponse } from './parameter.response';
import { ParameterService } from './parameter.service';

@ApiTags('Administration')
@Controller('admin/health/parameters')
@Roles('admin')
export class AdminParameterController {
  constructor(private readonly parameters: ParameterService) {}

  @Get()
  @ApiOperation({ summary: 'All wellness parameters by position, those that are switched off too' })
  async list(): Promise<HealthParameterResponse[]> {
    return (await this.parameters.all()).map((parameter) => HealthParameterResponse.from(parameter));
  }

  @Post()
  @Idempotent()
  @ApiOperation({ summary: 'Add a wellness parameter' })
  @Refuses({ 409: ['slug_exists'] })
  async create(@Body() dto: CreateParameterDto): Promise<HealthParameterResponse> {
    return HealthParameterResponse.from(await this.parameters.create(dto));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a wellness parameter, or switch it off or on' })
  @Refuses({ 404: ['parameter_not_found'] })
  async update(@Param('id', IdPipe) id: string, @Body() dto: UpdateParameterDto): Promise<HealthParameterResponse> {
    return HealthParameterResponse.from(await this.parameters.update(id, dto));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Switch a wellness parameter off; its values are kept' })
  @ApiOkResponse({ type: HealthParameterResponse })
  @Refuses({ 404: ['parameter_not_found'] })
  async switchOff(@Param('id', IdPipe) id: string): Promise<HealthParameterResponse> {
    return HealthParameterResponse.from(await this.parameters.switchOff(id));
  }
}
