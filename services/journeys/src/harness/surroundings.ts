import type { Credentials } from '@troupe/service-host';

/** Where to reach the services, however they run. */
export interface Running {
  readonly inboxUrl: string;
  readonly gatewayUrl: string;
  stop(): Promise<void>;
}

/** What services need to find around them. */
export interface Surroundings {
  readonly home: string;
  readonly natsUrl: string;
  readonly passwords: Readonly<Record<string, string>>;
  readonly credentials: (service: string) => Credentials | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly deliverTwice: boolean;
  /** Processes of each service, where each has processes of its own. */
  readonly replicas: number;
}
