import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { PubliclyCached } from 'src/common/http/public-cache';
import { Refuses } from 'src/common/http/refuses';
import { type RangedFile, ServesRanges } from 'src/common/http/ranged-file';
import { VIDEO_TYPES } from 'src/common/outbound/videos';
import { VideoFileService } from './video-file.service';

const YEAR_SECONDS = 31_536_000;

@ApiTags('System')
@Controller('static/videos')
@Public()
export class VideoFileController {
  constructor(private readonly files: VideoFileService) {}

  @Get(':file')
  @PubliclyCached(null, YEAR_SECONDS, { immutable: true })
  @ServesRanges()
  @ApiOperation({ summary: 'The video that a `video_url` names, whole or the part that `Range` asks for' })
  @ApiProduces(...VIDEO_TYPES)
  @Refuses({ 404: ['not_found'] })
  async find(@Param('file') file: string): Promise<RangedFile> {
    return this.files.find(file);
  }
}
