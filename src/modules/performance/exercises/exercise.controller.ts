import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from 'src/common/auth/access.decorators';
import { IdPipe } from 'src/common/http/id.pipe';
import { CachedByLanguage } from 'src/common/http/public-cache';
import { Refuses } from 'src/common/http/refuses';
import { CallerLanguage } from 'src/common/i18n/caller-language';
import type { Language } from 'src/common/i18n/languages';
import { type Page, pageOf } from 'src/common/paging/page';
import { ExerciseListQuery } from './exercise.dto';
import { ExercisePage, ExerciseResponse } from './exercise.response';
import { ExerciseService } from './exercise.service';

/** A new video is seen within five minutes. */
const CACHED_SECONDS = 300;

@ApiTags('Exercises')
@Controller('exercises')
@Public()
export class ExerciseController {
  constructor(private readonly exercises: ExerciseService) {}

  @Get()
  @CachedByLanguage(CACHED_SECONDS)
  @ApiOperation({ summary: 'Exercises in the caller’s language, by slug' })
  @ApiOkResponse({ type: ExercisePage })
  async list(@CallerLanguage() language: Language, @Query() query: ExerciseListQuery): Promise<Page<ExerciseResponse>> {
    return pageOf(await this.exercises.page(query, language), query, (exercise) => ExerciseResponse.from(exercise));
  }

  @Get(':id')
  @CachedByLanguage(CACHED_SECONDS)
  @ApiOperation({ summary: 'One exercise in the caller’s language' })
  @Refuses({ 404: ['exercise_not_found'] })
  async find(@CallerLanguage() language: Language, @Param('id', IdPipe) id: string): Promise<ExerciseResponse> {
    return ExerciseResponse.from(await this.exercises.find(id, language));
  }
}
