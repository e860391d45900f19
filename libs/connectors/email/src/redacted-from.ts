/** A server may quote a login back: no user or password of `SMTP_URL` gets into a message. At most 1,000 characters. */
export function redactedFrom(text: string, auth: { user?: string | undefined; pass?: string | undefined } | undefined): string {
  const secrets = [auth?.pass, auth?.user].filter((secret) => secret !== undefined && secret !== '');
  return secrets.reduce<string>((clean, secret) => clean.replaceAll(String(secret), '[redacted]'), text).slice(0, 1_000);
}
