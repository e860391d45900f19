/** The part of Node's network errors that says which port was meant. */
interface ListenError {
  readonly code?: string;
  readonly port?: number;
}

/** One sentence for a person whose `npm start` failed: what is wrong, and what to do. */
export function explainStartFailure(error: unknown, ports: { http: string; smtp: string }): string {
  const { code, port } = (error ?? {}) as ListenError;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error instanceof Error ? error.message : String(error);
  const setting = String(port) === ports.smtp ? 'TROUPE_SMTP_PORT' : 'TROUPE_HTTP_PORT';
  const problem = code === 'EADDRINUSE' ? 'is taken by another program' : 'may not be used by this user';
  return `Port ${port ?? ports.http} ${problem}: stop that program, or set ${setting} to another port.`;
}
