import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '@troupe/backing-services';

/** What some tests need and not every machine has. */
export type Requirement = 'mongodb' | 'qdrant' | 'chromium' | 'docker' | 'nats-current';

/** Answers why a requirement is not met on this machine, and how to meet it; undefined when it is met. */
export function whyAbsent(requirement: Requirement): string | undefined {
  switch (requirement) {
    case 'mongodb':
      return withoutVariable('MONGODB_URL', 'a server that speaks the MongoDB wire protocol');
    case 'qdrant':
      return withoutVariable('QDRANT_URL', 'a Qdrant server');
    case 'nats-current':
      return withoutBinary('NATS_CURRENT_BIN', 'a current nats-server executable');
    case 'chromium': {
      const search = findChromium();
      return search.binary === undefined ? search.reason : undefined;
    }
    case 'docker':
      return spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 5_000 }).status === 0
        ? undefined
        : 'no Docker engine answers; start one';
    default:
      return requirement satisfies never;
  }
}

function withoutVariable(variable: string, what: string): string | undefined {
  return process.env[variable] ? undefined : `${variable} is not set; set it to the address of ${what}`;
}

function withoutBinary(variable: string, what: string): string | undefined {
  const path = process.env[variable];
  if (!path) return `${variable} is not set; set it to ${what}`;
  return existsSync(path) ? undefined : `${variable} names ${path}, which does not exist`;
}
