import { readBroker, stopOnSignal } from '@troupe/service-host';
import { startSolo } from './start-solo.ts';

try {
  const { natsUrl, credentials } = readBroker(process.env);
  const solo = await startSolo({ home: process.env['TROUPE_HOME'] ?? './.troupe', natsUrl, natsCredentials: credentials, env: process.env });
  process.stderr.write(`solo is ready: ${solo.httpUrl}\n`);
  stopOnSignal(() => solo.stop());
} catch (error) {
  process.stderr.write(`solo cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
