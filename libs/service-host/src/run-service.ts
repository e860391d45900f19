import { readBroker } from './broker.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { startServices } from './start-services.ts';

/** The main of a service that runs alone: up until SIGINT or SIGTERM, then drained. Exits with 1 when it cannot start. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  try {
    const broker = readBroker(process.env);
    const running = await startServices([definition], { env: process.env, ...broker, deliverTwice: process.env['TROUPE_DELIVER_TWICE'] === '1' });
    process.stderr.write(`${definition.name} is ready${running.httpUrl ? `: ${running.httpUrl}` : ''}\n`);
    stopOnSignal(() => running.stop());
  } catch (error) {
    process.stderr.write(`${definition.name} cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
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
