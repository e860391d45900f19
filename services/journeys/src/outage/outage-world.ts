import { captureSmtp, SeverableLine, type SmtpCapture } from '@troupe/testkit';
import { StreamWatch } from '../harness/stream-watch.ts';
import { passwordOf, startWorld, type World } from '../harness/world.ts';
import { startModelServer } from './model-server.ts';

/** What can be away: the database that memory keeps its log in, the model, the server that takes outgoing mail. */
export type Outside = 'memory' | 'model' | 'outgoing';

/** The company, with a line that can be cut to each of what it needs outside the broker. */
export interface OutageWorld extends Pick<World, 'smtpPort' | 'operator'> {
  readonly lines: Readonly<Record<Outside, SeverableLine>>;
  readonly outgoing: SmtpCapture;
  readonly stream: StreamWatch;
  stop(): Promise<void>;
}

/** `mongodbUrl` names a server that speaks MongoDB's wire protocol, on this machine. `env` goes to the services. */
export async function startOutageWorld(mongodbUrl: string, env: Record<string, string>): Promise<OutageWorld> {
  const [outgoing, model] = [await captureSmtp(), await startModelServer()];
  const lines = {
    memory: await SeverableLine.to(Number(new URL(mongodbUrl).port)),
    model: await SeverableLine.to(model.port),
    outgoing: await SeverableLine.to(outgoing.port),
  };
  const world = await startWorld({
    env: {
      MONGODB_URL: `mongodb://127.0.0.1:${lines.memory.port}/outage_${process.pid}_${Date.now()}?directConnection=true`,
      OPENAI_BASE_URL: `http://127.0.0.1:${lines.model.port}/v1`,
      OPENAI_MODEL: 'always-the-same',
      SMTP_URL: `smtp://127.0.0.1:${lines.outgoing.port}`,
      ...env,
    },
  });
  const stream = await StreamWatch.open({ natsUrl: world.nats.url, user: 'inbox', pass: passwordOf('inbox') });
  const { smtpPort, operator } = world;
  const stop = async (): Promise<void> => {
    await stream.close();
    await world.stop();
    await Promise.all(Object.values(lines).map((line) => line.cut()));
    await Promise.all([outgoing.stop(), model.stop()]);
  };
  return { smtpPort, operator, lines, outgoing, stream, stop };
}
