import { natsConfigText } from './nats-config.ts';

describe('natsConfigText', () => {
  it('listens on loopback only and keeps everything in the folder', () => {
    const text = natsConfigText({ folder: '/data/my "home"', port: 4222 });
    expect(text).toContain('host: "127.0.0.1"\nport: 4222\n');
    expect(text).toContain('store_dir: "/data/my \\"home\\"/jetstream"');
    expect(text).toContain('pid_file: "/data/my \\"home\\"/nats.pid"');
  });

  it('flushes when it is asked to, and says nothing about it otherwise', () => {
    expect(natsConfigText({ folder: '/data', port: 1, syncInterval: 'always' })).toContain('jetstream { store_dir: "/data/jetstream", sync_interval: always }');
    expect(natsConfigText({ folder: '/data', port: 1, syncInterval: '1s' })).toContain(', sync_interval: 1s }');
    expect(natsConfigText({ folder: '/data', port: 1 })).not.toContain('sync');
  });

  it('is the JetStream domain it is told to be', () => {
    expect(natsConfigText({ folder: '/data', port: 1, domain: 'hub' })).toContain('jetstream { store_dir: "/data/jetstream", domain: "hub" }');
  });

  it('appends extra configuration as it is', () => {
    const extraConfig = 'authorization { users: [{ user: a, password: b }] }';
    expect(natsConfigText({ folder: '/data', port: 1, extraConfig })).toMatch(new RegExp(`\\n${extraConfig.replace(/[[\]{}]/g, '\\$&')}\\n$`));
  });
});
