import { startServices, type Clock, type Credentials, type RunningServices } from '@troupe/service-host';
import { services } from './services.ts';

export interface SoloOptions {
  /** Where embedded stores, the outbox and the operator token are kept. */
  readonly home: string;
  readonly natsUrl: string;
  /** Broker credentials by service; absent where the broker asks for none. */
  readonly natsCredentials?: ((service: string) => Credentials | undefined) | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly clock?: Clock;
  /** Every event is delivered twice to every handler. For tests. */
  readonly deliverTwice?: boolean;
}

export interface Solo {
  readonly httpUrl: string;
  readonly smtpPort: number;
  readonly config: RunningServices['config'];
  stop(): Promise<void>;
}

/** Runs every service in this process, each with its own connection and declarations, exactly as it would run alone. */
export async function startSolo(options: SoloOptions): Promise<Solo> {
  const { home, natsUrl, natsCredentials, env, clock, deliverTwice } = options;
  const running = await startServices(services, {
    env: { ...env, TROUPE_HOME: home },
    natsUrl,
    ...(natsCredentials ? { credentials: natsCredentials } : {}),
    ...(clock ? { clock } : {}),
    ...(deliverTwice === undefined ? {} : { deliverTwice }),
  });
  return { httpUrl: running.httpUrl ?? '', smtpPort: running.config.smtpPort, config: running.config, stop: () => running.stop() };
}
