import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { orThrow, RouteNotFound } from 'src/common/errors/domain.error';
import { PubliclyCached } from 'src/common/http/public-cache';
import { SILHOUETTES } from './silhouettes';

@ApiTags('System')
@Controller('static/avatars')
export class AvatarController {
  @Get(':file')
  @Public()
  @PubliclyCached('image/svg+xml', 86_400)
  @ApiOperation({ summary: 'The picture of who has none' })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  find(@Param('file') file: string): string {
    return orThrow(SILHOUETTES.get(file), RouteNotFound);
  }
}
