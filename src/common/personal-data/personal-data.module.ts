import { Global, Module } from '@nestjs/common';
import { PersonalDataParts } from './personal-data';
import { PersonalRows } from './personal-rows';

/** Where the modules say what they hold of people. */
@Global()
@Module({ providers: [PersonalDataParts, PersonalRows], exports: [PersonalDataParts, PersonalRows] })
export class PersonalDataModule {}
