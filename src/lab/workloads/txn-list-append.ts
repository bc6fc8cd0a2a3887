import { Type } from 'typebox';
import { listOf } from './parts/schemas.ts';
import { transactionalWorkload } from './parts/transactional.ts';

/** Clients append to lists and read them, in transactions. */
export const txnListAppendWorkload = transactionalWorkload(
  'txn-list-append',
  'append',
  listOf(Type.Integer()),
);
