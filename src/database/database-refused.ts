/** This process can serve nobody from this database, however long it waits. Told without a stack. */
export class DatabaseRefused extends Error {}
