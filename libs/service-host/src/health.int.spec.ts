import { Module } from '@nestjs/common';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineService, startServices, type RunningServices } from './index.ts';

@Module({})
class Nothing {}
const idle = defineService({ name: 'idle', version: '1', purpose: 'Does nothing.', module: Nothing, emits: [] });

const authorization = (password: string): string => `authorization { users = [ { user: idle, password: "${password}" } ] }\n`;

describe('a service without HTTP on a real nats-server', () => {
  let nats: TestNats;
  let home: string;
  let running: RunningServices;
  const lost: string[] = [];

  beforeAll(async () => {
    nats = await startTestNats({ extraConfig: authorization('one') });
    home = await mkdtemp(join(tmpdir(), 'troupe-health-'));
    running = await startServices([idle], {
      env: { TROUPE_HOME: home, TROUPE_HEALTH_PORT: '0', TROUPE_LOG_LEVEL: 'silent' },
      natsUrl: nats.url,
      credentials: () => ({ user: 'idle', pass: 'one' }),
      onBrokerLost: (service) => lost.push(service),
    });
  });
  afterAll(async () => {
    await running.stop();
    await nats.stop();
    await rm(home, { recursive: true, force: true });
  });

  async function status(path: string): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${running.healthUrl}${path}`);
    return { status: response.status, body: response.status === 404 ? undefined : await response.json() };
  }

  it('tells its health, and that it waits for its broker', async () => {
    const well = { services: [{ name: 'idle', broker: 'connected', waits: [] }] };
    expect(await status('/healthz')).toEqual({ status: 200, body: well });
    expect(await status('/readyz?verbose')).toEqual({ status: 200, body: well });
    expect((await status('/other')).status).toBe(404);
    await nats.kill();
    await eventually(async () => expect(await status('/readyz')).toMatchObject({ status: 503, body: { services: [{ broker: 'away' }] } }));
    expect((await status('/healthz')).status).toBe(200);
    await nats.restart();
    await eventually(async () => expect((await status('/readyz')).status).toBe(200), { timeoutMs: 10_000 });
    expect(lost).toEqual([]);
  }, 30_000);

  it('says so once when its broker does not take it any more: the process that hosts it then ends', async () => {
    await nats.kill();
    const refusing = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('INFO {"server_id":"refusing","version":"2.9.10","auth_required":true,"max_payload":1048576,"headers":true}\r\n');
      socket.on('data', () => socket.end("-ERR 'Authorization Violation'\r\n"));
    });
    await new Promise<void>((resolve) => refusing.listen(nats.port, '127.0.0.1', resolve));
    await eventually(() => expect(lost).toEqual(['idle']), { timeoutMs: 15_000 });
    expect(await status('/healthz')).toMatchObject({ status: 503, body: { services: [{ broker: 'closed' }] } });
    await new Promise((resolve) => refusing.close(resolve));
  }, 30_000);
});
