import { Type } from 'typebox';
import { transactionalWorkload } from './parts/transactional.ts';

/** Clients write registers and read them, in transactions. */
export const txnRwRegisterWorkload = transactionalWorkload(
  'txn-rw-register',
  'w',
  Type.Union([Type.Integer(), Type.Null()]),
);
