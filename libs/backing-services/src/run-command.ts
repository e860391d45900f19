import { spawn } from 'node:child_process';

/** What a finished command printed. */
export interface CommandOutput {
  readonly stdout: string;
}

/**
 * Runs a command to its end and answers what it wrote to stdout.
 * Throws an Error with the command and the end of its stderr when it cannot start or exits with anything but 0.
 */
export function runCommand(command: string, args: readonly string[], cwd?: string): Promise<CommandOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve({ stdout: Buffer.concat(stdout).toString() });
      const complaint = Buffer.concat(stderr).toString().trim().slice(-400);
      reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${complaint}`));
    });
  });
}
