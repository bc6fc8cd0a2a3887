/** Why a user's module cannot be used, a node or another; the message says so, and is all a user needs. */
export class NodeProblem extends Error {}
