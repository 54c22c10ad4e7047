/** Routes that never accept anything here, each with its reason. A route that does and is named here is a fault too. */
export const UNREACHED: Readonly<Record<string, string>> = {};
