import type { ServerResponse } from 'node:http';
import type { HttpPart } from './http-front.ts';
import type { RunningService, ServiceHealth } from './running-service.ts';

/**
 * Health of the services in this process, for those that have no HTTP of their own. `/healthz`: 200 unless a connection is
 * closed for good (restart it). `/readyz`: 200 when every service has its broker; the body says what each waits for.
 */
export function healthPart(services: readonly Pick<RunningService, 'health'>[]): HttpPart {
  return {
    routes: ['/healthz', '/readyz'],
    handle: (request, response) => {
      const health = services.map((service) => service.health());
      const path = (request.url ?? '').split('?')[0];
      if (path === '/healthz') return send(response, isAlive(health), health);
      if (path === '/readyz') return send(response, isReady(health), health);
      response.writeHead(404).end();
    },
  };
}

function isAlive(health: readonly ServiceHealth[]): boolean {
  return health.every(({ broker }) => broker !== 'closed');
}

function isReady(health: readonly ServiceHealth[]): boolean {
  return health.length > 0 && health.every(({ broker }) => broker === 'connected');
}

function send(response: ServerResponse, isWell: boolean, services: readonly ServiceHealth[]): void {
  response.writeHead(isWell ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ services }));
}
