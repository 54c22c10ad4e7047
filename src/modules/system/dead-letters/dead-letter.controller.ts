import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from 'src/common/auth/access.decorators';
import { IdPipe } from 'src/common/http/id.pipe';
import { Refuses } from 'src/common/http/refuses';
import { pageOf } from 'src/common/paging/page';
import { ListDeadLettersQuery } from './dead-letter.dto';
import { DeadLetterPage, DeadLetterResponse } from './dead-letter.response';
import { DeadLetterService } from './dead-letter.service';

@ApiTags('Administration')
@Controller('admin/dead-letters')
@Roles('admin')
export class DeadLetterController {
  constructor(private readonly letters: DeadLetterService) {}

  @Get()
  @ApiOperation({ summary: 'Messages that could not be delivered, newest first' })
  @ApiOkResponse({ type: DeadLetterPage })
  async list(@Query() query: ListDeadLettersQuery): Promise<DeadLetterPage> {
    return pageOf(await this.letters.page(query), query, DeadLetterResponse.from);
  }

  @Post(':id/replay')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Send a message again' })
  @Refuses({ 404: ['dead_letter_not_found'] })
  async replay(@Param('id', IdPipe) id: string): Promise<void> {
    await this.letters.replay(id);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Throw a message away' })
  @Refuses({ 404: ['dead_letter_not_found'] })
  async discard(@Param('id', IdPipe) id: string): Promise<void> {
    await this.letters.discard(id);
  }
}
