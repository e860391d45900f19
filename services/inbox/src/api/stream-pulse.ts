/** How often a silent stream shows that it lives. Proxies commonly cut what is silent for a minute. */
export abstract class StreamPulse {
  abstract readonly heartbeatMs: number;
}
