import { describe, expect, it } from '@jest/globals';
import { createMessagePrinter } from '../../../src/lab/terminal/message-printer.ts';

describe('messages as they are printed', () => {
  it('should stand after the time since the load began', () => {
    const lines: string[] = [];
    const printer = createMessagePrinter({ sent: true, received: false }, (line) =>
      lines.push(line),
    );
    const parcel = { id: 1, src: 'n0', dest: 'n1', body: { type: 'gossip' } };
    printer.sent(parcel, 1_000_000);
    printer.loadBegan?.(2_000_000);
    printer.sent(parcel, 1_236_000_000);
    printer.received(parcel, 1_236_000_000);
    const message = '{"id":1,"src":"n0","dest":"n1","body":{"type":"gossip"}}';
    expect(lines).toEqual([`     start  send ${message}\n`, `   1.234 s  send ${message}\n`]);
  });
});
