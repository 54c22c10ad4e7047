/** How the test of all generated plans is turned up by hand: `GENERATOR_STRIDE=1` makes every one and prints figures. */
const { GENERATOR_STRIDE, GENERATOR_EQUIPMENT, GENERATOR_LENGTHS } = process.env;

export const STRIDE = Number(GENERATOR_STRIDE ?? 199);
export const IS_BY_HAND = GENERATOR_STRIDE !== undefined;
/** Every combination of equipment, instead of those that matter. */
export const IS_EVERY_EQUIPMENT = GENERATOR_EQUIPMENT === 'all';
/** Minutes of a session. */
export const LENGTHS = (GENERATOR_LENGTHS ?? '15,20,30,45,60,75,90,120,240').split(',').map(Number);
