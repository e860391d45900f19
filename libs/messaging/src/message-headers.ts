import type { JsMsg } from '@nats-io/jetstream';
import { headers, type MsgHdrs } from '@nats-io/transport-node';

/** A redriven event is meant for one handler only; all others pass it over. */
const REDRIVE_HEADER = 'Troupe-Redrive';

export function redriveHeaders(service: string, handler: string): MsgHdrs {
  const result = headers();
  result.set(REDRIVE_HEADER, `${service}.${handler}`);
  return result;
}

/** Whether a message is a redrive for somebody else. `handler` undefined: for anybody. */
export function isForAnother(message: Pick<JsMsg, 'headers'>, handler?: string): boolean {
  const target = message.headers?.get(REDRIVE_HEADER);
  return Boolean(target) && target !== handler;
}
