import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** An action as it would run: its catalogue type, its arguments, and the version of the contract they were made for (1 where it is absent). */
export interface ActionToDigest {
  readonly type: string;
  readonly args: unknown;
  readonly version?: number | undefined;
}

/** Hex SHA-256 over the RFC 8785 canonical JSON of a value, prefixed with the algorithm: `sha256:…`. */
export function canonicalDigest(value: unknown): string {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError('A digest needs a JSON value; got undefined, a function or a symbol.');
  return sha256(json);
}

/**
 * The digest an authorisation is bound to (I1): type, arguments and the version they are read by, nothing else. Version 1 is
 * left out, so that digests from before there were versions are what they were.
 */
export function actionDigest({ type, args, version = 1 }: ActionToDigest): string {
  return canonicalDigest(version === 1 ? { type, args } : { type, args, version });
}

/** Digest of raw bytes or text: `sha256:<64 hex>`. */
export function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
