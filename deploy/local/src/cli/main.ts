import { localSettings, operatorToken, outboxFolder } from '../settings.ts';
import { OperatorClient } from './operator-client.ts';
import { buildProgram } from './program.ts';

const { home, httpPort, smtpPort } = localSettings(process.env);
const program = buildProgram({
  client: async () => new OperatorClient(`http://localhost:${httpPort}`, await operatorToken(process.env, home)),
  smtpPort: Number(smtpPort),
  outboxFolder: outboxFolder(home),
  folder: process.env['INIT_CWD'] ?? process.cwd(),
  print: (text) => console.log(text),
});

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
