export const DATA_TYPES = ['float', 'int'] as const;
export type ParameterDataType = (typeof DATA_TYPES)[number];

export const CATEGORIES = ['morphology', 'cardiovascular', 'sleep', 'fitness', 'nutrition', 'other'] as const;
export type ParameterCategory = (typeof CATEGORIES)[number];

export const LOG_SOURCES = ['manual', 'withings', 'strava', 'import'] as const;
/** Where a value comes from. */
export type LogSource = (typeof LOG_SOURCES)[number];

/** Language → text, in as many of the four as were given. */
export type ParameterLabel = Readonly<Record<string, string>>;
