/** Any value that JSON can carry. Numbers are IEEE doubles, as everywhere in JavaScript. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A node of the cluster (`n0`, `n1`, …), a client (`c0`, …) or a service (`lin-kv`, …). */
export type EndpointId = string;

/** The part of a message that its sender and receiver care about. */
export interface Body {
  type: string;
  [key: string]: unknown;
  /** Unique at the sender; whoever sends one expects a reply that names it. */
  msg_id?: number;
  /** On a reply: the `msg_id` of the request. */
  in_reply_to?: number;
}

/** What travels between endpoints: one JSON object, one line. */
export interface Message {
  src: EndpointId;
  dest: EndpointId;
  body: Body;
}
