/** Why a file is no node, or cannot be used as one; the message says so, and is all a user needs. */
export class NodeProblem extends Error {}
