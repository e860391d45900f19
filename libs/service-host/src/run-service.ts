import { readBroker } from './broker.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { startServices } from './start-services.ts';

/** The main of a service that runs alone: up until SIGINT or SIGTERM, then drained. Exits with 1 when it cannot start. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  try {
    const broker = readBroker(process.env);
    const deliverTwice = process.env['TROUPE_DELIVER_TWICE'] === '1';
    const running = await startServices([definition], { env: process.env, ...broker, deliverTwice, onBrokerLost: endProcess });
    process.stderr.write(`${definition.name} is ready${running.httpUrl ? `: ${running.httpUrl}` : ''}\n`);
    stopOnSignal(() => running.stop());
  } catch (error) {
    process.stderr.write(`${definition.name} cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** A service that lost its broker for good is of no use: whatever runs it starts it anew. */
export function endProcess(service: string): void {
  process.stderr.write(`${service} lost its broker for good (its user or password may have changed); ending, to be started anew.\n`);
  process.exit(1);
}

/** Runs `stop` once, on the first signal; a second one ends the process at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  const onSignal = (): void => {
    process.once('SIGINT', () => process.exit(130));
    process.once('SIGTERM', () => process.exit(143));
    void stop().then(() => process.exit(0));
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
}
