import { join } from 'node:path';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AcceptLanguageResolver, I18nModule } from 'nestjs-i18n';
import { Translator } from './translator';

/** From `src/common/i18n` and from `dist/common/i18n` alike, the texts are three folders up. */
const TEXTS = join(__dirname, '..', '..', '..', 'i18n');

function texts(): DynamicModule {
  const library = I18nModule.forRoot({
    fallbackLanguage: 'en',
    loaderOptions: { path: TEXTS, watch: false },
    // The library insists on a resolver. It is never asked: the caller gives the language of each text, and the
    // Translator fills the placeholders.
    resolvers: [AcceptLanguageResolver],
    disableMiddleware: true,
    skipAsyncHook: true,
    formatter: (template) => template,
    logging: false,
  });
  // For the same reason nobody needs its interceptor, which every request would pay for.
  const providers = library.providers?.filter((one) => !('provide' in one && one.provide === APP_INTERCEPTOR));
  return { ...library, providers };
}

@Global()
@Module({ imports: [texts()], providers: [Translator], exports: [Translator] })
export class TranslationModule {}
