import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { yearChart } from './chart';
import { pageOf } from './page';
import { ORDINARY, SEED, STORIES, yearOf } from './year';

/** Renews what the docs show of the simulated year: `npx ts-node test/program/year/draw.ts`. */
const years = STORIES.map((story) => ({ story, points: yearOf(story, SEED) }));
const docs = join(__dirname, '../../../docs');
writeFileSync(join(docs, 'progression-year.svg'), yearChart(years, ORDINARY));
writeFileSync(join(docs, 'progression.md'), pageOf(years));
