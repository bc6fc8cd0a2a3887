import { defineProtocol, Json, message, recordOf, request, Type } from 'maelstate';
import { deltaParts } from '../gossip/link/delta.ts';

/**
 * What a broadcast node takes in: Maelstrom's requests, which are answered, and what nodes tell each
 * other, which is not: with `full` gossip all they know (`gossip`), otherwise what the other is not
 * known to have (`delta`).
 */
export const protocol = defineProtocol({
  topology: request({ topology: recordOf(Type.Array(Type.String())) }),
  broadcast: request({ message: Json }),
  read: request({}, { messages: Type.Array(Json) }),
  gossip: message({ known: Type.Array(Json) }),
  delta: message(deltaParts),
});
