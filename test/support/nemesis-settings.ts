/**
 * How the tests that strike processes are turned up by hand: `npm run nemesis -- --minutes 5 --seed 7`, which also
 * prints its figures, and `EVERY_STATEMENT=kill`, which strikes at every place of every act and kills the process there.
 */
const { NEMESIS_MINUTES, NEMESIS_SEED, EVERY_STATEMENT } = process.env;

export const IS_BY_HAND = NEMESIS_MINUTES !== undefined;
/** By default one that begins with resets, ended sessions, kills and a restart of PostgreSQL. */
export const SEED = Number(NEMESIS_SEED ?? 12_285);
/** How long people act while things break. */
export const DURATION_MS = NEMESIS_MINUTES === undefined ? 14_000 : Number(NEMESIS_MINUTES) * 60_000;
export const STRIKES_EVERYWHERE = EVERY_STATEMENT === 'kill';
/** How long a process may take to start. By hand it may have to share the machine with anything. */
export const START_MS = IS_BY_HAND || STRIKES_EVERYWHERE ? 300_000 : 60_000;
