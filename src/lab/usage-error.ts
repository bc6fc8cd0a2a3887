/** What was asked for cannot be done as asked; the message says why, and is all a user needs. */
export class UsageError extends Error {}
