import { explainStartFailure } from './start-failure.ts';
import { parseStartOptions } from './start-options.ts';

const PORTS = { http: '4310', smtp: '2525' };

describe('explainStartFailure', () => {
  it.each([
    [4310, 'EADDRINUSE', 'Port 4310 is taken by another program: stop that program, or set TROUPE_HTTP_PORT to another port.'],
    [2525, 'EADDRINUSE', 'Port 2525 is taken by another program: stop that program, or set TROUPE_SMTP_PORT to another port.'],
    [4310, 'EACCES', 'Port 4310 may not be used by this user: stop that program, or set TROUPE_HTTP_PORT to another port.'],
  ])('names the setting of port %d (%s)', (port, code, expected) => {
    expect(explainStartFailure(Object.assign(new Error('listen'), { code, port }), PORTS)).toBe(expected);
  });

  it('passes on what other failures say', () => {
    expect(explainStartFailure(new Error('There is no nats-server on this machine'), PORTS)).toBe('There is no nats-server on this machine');
  });
});

describe('parseStartOptions', () => {
  it('knows --demo, --broker-only and --help', () => {
    expect(parseStartOptions([])).toEqual({ brokerOnly: false, demo: false, help: false });
    expect(parseStartOptions(['--demo'])).toMatchObject({ demo: true });
    expect(parseStartOptions(['--broker-only', '-h'])).toEqual({ brokerOnly: true, demo: false, help: true });
  });

  it('names what it does not know', () => {
    expect(() => parseStartOptions(['--dmeo'])).toThrow(/Unknown option '--dmeo'\. See npm start -- --help\./);
  });
});
