import type { Body, Json } from '../../src/wire/message.ts';

/** A transaction that a client specification asks for: what becomes of what is kept, and the answer. */
export function txnRequest<S>(asked: Json[], serve: (kept: S) => { kept: S; txn: Json[] }) {
  return {
    body: { type: 'txn', txn: asked } as Body,
    serve: (before: S) => {
      const { kept, txn } = serve(before);
      return { kept, reply: { type: 'txn_ok', txn } as Body };
    },
  };
}
