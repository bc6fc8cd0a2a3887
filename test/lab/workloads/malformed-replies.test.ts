import { describe, expect, it } from '@jest/globals';
import { createMessageCheck } from '../../../src/lab/network/message-check.ts';
import { findWorkload, workloads } from '../../../src/lab/workloads/workloads.ts';
import { parseExact } from '../../../src/wire/exact-json.ts';
import type { Message } from '../../../src/wire/message.ts';

/** What comes of a reply of node n0 to a request of client c1. */
function check(workload: string, type: string, reply: string) {
  const request = { type, msg_id: 7 };
  const checkMessage = createMessageCheck({
    replies: findWorkload(workload).replies,
    isEndpoint: () => true,
    findRequest: () => request,
  });
  const parsed = parseExact(`{"src":"n0","dest":"c1","body":${reply}}`) as Message;
  const message = { ...parsed, body: { ...parsed.body, in_reply_to: 7 } };
  return checkMessage('n0', message) as { problem?: string; advice?: string };
}

type Case = [workload: string, request: string, reply: string, expectedAndFound: string];

const malformed: Case[] = [
  ['echo', 'echo', '{"type":"echo_ok"}', 'it must have required properties echo, found {"type":'],
  ['broadcast', 'topology', '{"type":"topology_ok","x":1}', '/x does not belong there, found 1'],
  ['broadcast', 'read', '{"type":"read_ok","messages":1}', '/messages must be array, found 1'],
  ['unique-ids', 'generate', '{"type":"generated","id":1}', '/type must be "generate_ok", found'],
  ['unique-ids', 'generate', '{"type":"generate_ok"}', 'it must have required properties id'],
  ['g-set', 'add', '{"type":"add_ok","element":3}', '/element does not belong there, found 3'],
  ['g-set', 'read', '{"type":"read_ok","value":{"a":1}}', '/value must be array, found {"a":1}'],
  ['g-counter', 'read', '{"type":"read_ok","value":"3"}', '/value must be integer, found "3"'],
  ['pn-counter', 'read', '{"type":"read_ok","value":1.0}', '/value must be integer, found 1.0'],
  [
    'pn-counter',
    'read',
    '{"type":"read_ok","value":9007199254740993}',
    '/value must be within ±2^53, found 9007199254740993',
  ],
  ['g-counter', 'read', '{"type":"read_ok","value":null}', '/value must be integer, found null'],
  ['lin-kv', 'read', '{"type":"read_ok"}', 'it must have required properties value, found {'],
  ['lin-kv', 'cas', '{"type":"write_ok"}', '/type must be "cas_ok", found "write_ok"'],
  ['lin-kv', 'write', '{"type":"write_ok","key":1}', '/key does not belong there, found 1'],
  ['kafka', 'send', '{"type":"send_ok","offset":"1"}', '/offset must be integer, found "1"'],
  ['kafka', 'poll', '{"type":"poll_ok","msgs":null}', '/msgs must be object, found null'],
  [
    'kafka',
    'poll',
    '{"type":"poll_ok","msgs":{"k":[[1,"a"]]}}',
    '/msgs/k/0/1 must be integer, found "a"',
  ],
  [
    'kafka',
    'poll',
    '{"type":"poll_ok","msgs":{"k":[[1]]}}',
    '/msgs/k/0 must not have fewer than 2 items, found [1]',
  ],
  ['kafka', 'commit_offsets', '{"type":"commit_offsets_ok","x":1}', '/x does not belong there'],
  [
    'kafka',
    'list_committed_offsets',
    '{"type":"list_committed_offsets_ok","offsets":{"k":null}}',
    '/offsets/k must be integer, found null',
  ],
  [
    'txn-list-append',
    'txn',
    '{"type":"txn_ok","txn":[["r",1,5]]}',
    '/txn/0/2 must be array, found 5',
  ],
  [
    'txn-list-append',
    'txn',
    '{"type":"txn_ok","txn":[["r",1,[1]],["r",2,["a"]]]}',
    '/txn/1/2/0 must be integer, found "a"',
  ],
  [
    'txn-list-append',
    'txn',
    '{"type":"txn_ok","txn":[["w",1,2]]}',
    '/txn/0/0 must be "append" or "r", found "w"',
  ],
  [
    'txn-rw-register',
    'txn',
    '{"type":"txn_ok","txn":[["r",1,"x"]]}',
    '/txn/0/2 must be integer, found "x"',
  ],
  ['txn-rw-register', 'txn', '{"type":"error","code":"x"}', '/code must be integer, found "x"'],
];

describe('malformed replies', () => {
  it.each(malformed)('%s: %s answered with %s', (workload, type, reply, text) => {
    const { problem = '', advice = '' } = check(workload, type, reply);
    expect(problem).toContain(`answered {"type":"${type}","msg_id":7} of c1 with a wrong body`);
    expect(problem).toContain(text);
    expect(advice).toContain(`A reply to ${type} has these parts: type "`);
  });

  it('should be known of every workload', () => {
    const covered = new Set(malformed.map(([workload]) => workload));
    expect([...covered].toSorted()).toEqual(workloads.map(({ name }) => name).toSorted());
  });
});

describe('replies that Maelstrom takes', () => {
  it.each([
    ['broadcast', 'read', '{"type":"read_ok","messages":null}'],
    ['g-set', 'read', '{"type":"read_ok","value":null,"msg_id":3}'],
    ['unique-ids', 'generate', '{"type":"generate_ok","id":[1,{"a":null}]}'],
    ['lin-kv', 'read', '{"type":"read_ok","value":null}'],
    ['kafka', 'poll', '{"type":"poll_ok","msgs":{"k":null,"l":[],"m":[[0,1]]}}'],
    ['txn-list-append', 'txn', '{"type":"txn_ok","txn":null}'],
    ['txn-list-append', 'txn', '{"type":"txn_ok","txn":[["r",1,null],["r",2,[]],["append",1,1]]}'],
    ['txn-rw-register', 'txn', '{"type":"txn_ok","txn":[["r",1,null],["w",1,1],["r",1,1]]}'],
    ['txn-rw-register', 'txn', '{"type":"error","code":30,"text":"no","why":{"a":1}}'],
    ['lin-kv', 'cas', '{"type":"error","code":22}'],
  ])('%s: %s answered with %s', (workload, type, reply) => {
    expect(check(workload, type, reply).problem).toBeUndefined();
  });
});
