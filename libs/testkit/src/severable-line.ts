import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A line to a TCP server on this machine. It can be cut: then nobody listens on its port, as when the server is away, and
 * whoever was connected is cut off. And it can fall silent: connections stay, and nothing passes.
 */
export class SeverableLine {
  readonly #targetPort: number;
  readonly #sockets = new Set<Socket>();
  #server: Server;
  #port = 0;
  #isSilent = false;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = this.#relay();
  }

  /** Rejects when the port cannot be had. */
  static async to(targetPort: number): Promise<SeverableLine> {
    const line = new SeverableLine(targetPort);
    await line.mend();
    return line;
  }

  /** Stays the same. */
  get port(): number {
    return this.#port;
  }

  /** Until it is cut or mended. */
  fallSilent(): void {
    this.#isSilent = true;
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  /** Nothing happens when it is cut already. */
  async cut(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** As in the beginning, on the same port; whoever is connected is cut off. */
  async mend(): Promise<void> {
    await this.cut();
    this.#isSilent = false;
    this.#server = this.#relay();
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #relay(): Server {
    return createServer((near) => {
      const far = connect(this.#targetPort, '127.0.0.1');
      this.#join(near, far);
      this.#join(far, near);
    });
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    if (this.#isSilent) from.pause();
    else from.pipe(to);
  }
}
