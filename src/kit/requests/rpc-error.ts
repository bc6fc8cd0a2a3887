import { errorCodes } from '../../wire/error-codes.ts';

const names = new Map<number, string>(
  Object.entries(errorCodes).map(([name, code]) => [code, name]),
);
const indefinite = new Set<number>([errorCodes.timeout, errorCodes.crash]);

/** How a request ended that was not served, by the codes of Maelstrom's protocol. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;

  constructor(code: number, text: string) {
    super(text);
    this.code = code;
  }

  /** The code's name, such as `precondition-failed`; `custom` for one that is not Maelstrom's. */
  get reason(): keyof typeof errorCodes | 'custom' {
    return (names.get(this.code) ?? 'custom') as keyof typeof errorCodes | 'custom';
  }

  /** Whether what was asked has not happened and never will; otherwise it may have, or may yet. */
  get isDefinite(): boolean {
    return names.has(this.code) && !indefinite.has(this.code);
  }
}

/** Whether a request ended by an error of that name. */
export function isRpcError(error: unknown, reason?: RpcError['reason']): error is RpcError {
  return error instanceof RpcError && (reason === undefined || error.reason === reason);
}
