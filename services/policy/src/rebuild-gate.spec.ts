import { RetryableError } from '@troupe/messaging';
import { RebuildGate } from './rebuild-gate.ts';

/** A piece of work that ends when the test says so. */
function work() {
  let end = (): void => {};
  const done = new Promise<void>((resolve) => (end = resolve));
  return { run: () => done, end };
}

it('lets decisions through side by side, and waits for them before a rebuild', async () => {
  const gate = new RebuildGate();
  const order: string[] = [];
  const [first, second] = [work(), work()];
  const decisions = [first, second].map(({ run }) => gate.pass(run).then(() => order.push('decided')));
  const rebuild = gate.alone(() => Promise.resolve(order.push('rebuilt')));
  second.end();
  first.end();
  await Promise.all([...decisions, rebuild]);
  expect(order).toEqual(['decided', 'decided', 'rebuilt']);
});

it('hands messages back while a rebuild is on, and takes them again afterwards, also when it failed', async () => {
  const gate = new RebuildGate();
  const rebuild = work();
  const running = gate.alone(rebuild.run);
  await expect(gate.pass(async () => {})).rejects.toMatchObject({ code: 'rebuilding', delayMs: 1_000 });
  await expect(gate.alone(async () => {})).rejects.toBeInstanceOf(RetryableError);
  rebuild.end();
  await running;
  await expect(gate.alone(() => Promise.reject(new Error('no stream')))).rejects.toThrow('no stream');
  await expect(gate.pass(async () => {})).resolves.toBeUndefined();
});
