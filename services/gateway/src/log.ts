/** As much of the service's logger as the gateway writes to. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}
