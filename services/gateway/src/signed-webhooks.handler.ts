import type { IncomingMessage } from 'node:http';
import { Controller, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import { Blobs } from '@troupe/messaging';
import { Problem, TroupeConfig } from '@troupe/service-host';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { withProblems } from './http-answers.ts';
import { Ingest } from './ingest.ts';
import { readBody } from './request-body.ts';
import { badBody, badSignature, MAX_WEBHOOK_BYTES, parseJson, receiptFor, webhookArrival, type Receipt } from './webhook-received.ts';

const Body = z.looseObject({ type: z.string().max(255).optional().catch(undefined) });
const MessageId = z.string().min(1).max(255);

/**
 * Webhooks from anyone who signs after Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
@Controller('webhooks')
export class SignedWebhooks {
  readonly #verifiers: ReadonlyMap<string, Webhook>;

  constructor(
    private readonly ingest: Ingest,
    private readonly blobs: Blobs,
    config: TroupeConfig,
  ) {
    this.#verifiers = new Map(Object.entries(config.webhookSecrets).map(([source, secret]) => [source, verifier(source, secret)]));
  }

  @Post(':source')
  @HttpCode(200)
  async receive(@Param('source') path: string, @Req() request: IncomingMessage, @Headers() headers: Record<string, string>): Promise<Receipt> {
    const source = path.toLowerCase().replaceAll('-', '_');
    const verify = this.#verifierFor(source);
    const body = await readBody(request, MAX_WEBHOOK_BYTES);
    this.#verify(verify, body, headers, source);
    const content = Body.safeParse(parseJson(body));
    if (!content.success) throw badBody('The body is not a JSON object.');
    const id = MessageId.safeParse(headers['webhook-id']);
    if (!id.success) throw badBody('webhook-id is longer than 255 characters.');
    const arrival = webhookArrival(this.blobs, { source, providerEventId: id.data, providerType: content.data.type, body });
    return receiptFor(await withProblems(this.ingest.accept(arrival)));
  }

  #verifierFor(source: string): Webhook {
    const verify = this.#verifiers.get(source);
    if (verify !== undefined) return verify;
    throw new Problem(404, {
      type: 'unknown-source',
      title: 'Nobody is known by this name',
      detail: 'No secret is set for webhooks from this source.',
      hint: `Set ${settingFor(source)} to the secret the provider signs with, and restart.`,
    });
  }

  #verify(verify: Webhook, body: Buffer, headers: Record<string, string>, source: string): void {
    try {
      verify.verify(body, headers, { jsonParse: false });
    } catch {
      throw badSignature('webhook-signature', settingFor(source));
    }
  }
}

function verifier(source: string, secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch (cause) {
    throw new Error(`${settingFor(source)} is no signing secret: it must be base64, with or without whsec_ in front.`, { cause });
  }
}

/** The name of the environment variable; a source that could not be one is not repeated. */
function settingFor(source: string): string {
  return `TROUPE_WEBHOOK_SECRET_${/^[a-z0-9_]{1,64}$/.test(source) ? source.toUpperCase() : '<SOURCE>'}`;
}
