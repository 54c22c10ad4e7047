import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { AcceptLanguageResolver, I18nModule } from 'nestjs-i18n';
import { withoutEnhancers } from 'src/common/http/without-enhancers';
import { Translator } from './translator';

/** From `src/common/i18n` and from `dist/common/i18n` alike, the texts are three folders up. */
const TEXTS = join(__dirname, '..', '..', '..', 'i18n');

// Its interceptor would look for a language that nobody asks for.
const texts = withoutEnhancers(
  I18nModule.forRoot({
    fallbackLanguage: 'en',
    loaderOptions: { path: TEXTS, watch: false },
    // The library insists on a resolver. It is never asked: the caller gives the language of each text, and the
    // Translator fills the placeholders.
    resolvers: [AcceptLanguageResolver],
    disableMiddleware: true,
    skipAsyncHook: true,
    formatter: (template) => template,
    logging: false,
  }),
);

@Global()
@Module({ imports: [texts], providers: [Translator], exports: [Translator] })
export class TranslationModule {}
