import { StorageType } from '@nats-io/jetstream';
import { Objm, type ObjectStore } from '@nats-io/obj';
import { sha256, type BlobReference } from '@troupe/contracts';
import { RetryableError, TerminalError } from '../errors.ts';
import type { NatsLink } from '../broker/nats-link.ts';

/** The object store as a claim check: content is named by its digest, so the same bytes are stored once. */
export class Blobs {
  readonly #link: NatsLink;
  readonly #buckets = new Map<string, Promise<ObjectStore>>();

  constructor(link: NatsLink) {
    this.#link = link;
  }

  /** Stores bytes under their digest. Throws RetryableError when the store is away. */
  async put(bucket: string, bytes: Uint8Array): Promise<BlobReference> {
    const digest = sha256(bytes);
    const key = digest.replace(':', '-');
    try {
      const store = await this.#bucket(bucket);
      if (!(await store.info(key))) await store.putBlob({ name: key }, bytes);
    } catch (cause) {
      this.#buckets.delete(bucket);
      throw new RetryableError(`The object store did not take ${key}.`, { code: 'broker_away', cause });
    }
    return { bucket, key, digest, sizeBytes: bytes.byteLength };
  }

  /** The bytes, checked against the digest. Throws TerminalError when they are gone or changed. */
  async get(reference: BlobReference): Promise<Uint8Array> {
    const store = await this.#bucket(reference.bucket);
    const bytes = await store.getBlob(reference.key);
    if (!bytes) throw new TerminalError(`${reference.bucket}/${reference.key} is not in the object store.`, { code: 'blob_missing' });
    if (sha256(bytes) !== reference.digest) throw new TerminalError(`${reference.key} does not match its digest.`, { code: 'blob_changed' });
    return bytes;
  }

  #bucket(name: string): Promise<ObjectStore> {
    const opened = this.#buckets.get(name) ?? new Objm(this.#link.jetstream).create(this.#link.names.bucket(name), this.#kept());
    this.#buckets.set(name, opened);
    return opened;
  }

  #kept() {
    const { replicas, memory } = this.#link.settings;
    return { replicas, storage: memory ? StorageType.Memory : StorageType.File };
  }
}
