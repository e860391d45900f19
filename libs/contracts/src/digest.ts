import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** An action as it would run: its catalogue type and its arguments. */
export interface ActionToDigest {
  readonly type: string;
  readonly args: unknown;
}

/** Hex SHA-256 over the RFC 8785 canonical JSON of a value, prefixed with the algorithm: `sha256:…`. */
export function canonicalDigest(value: unknown): string {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError('A digest needs a JSON value; got undefined, a function or a symbol.');
  return sha256(json);
}

/** The digest an authorisation is bound to (I1): type and arguments, nothing else. */
export function actionDigest(action: ActionToDigest): string {
  return canonicalDigest({ type: action.type, args: action.args });
}

/** Digest of raw bytes or text: `sha256:<64 hex>`. */
export function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
