import { HttpException } from '@nestjs/common';

/** Problem details after RFC 9457, with the fix in `hint`. */
export interface ProblemDetails {
  /** A short name of the kind of problem; becomes `urn:troupe:problem:<name>`. */
  readonly type: string;
  readonly title: string;
  /** What is wrong with this very request. */
  readonly detail: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly [extension: string]: unknown;
}

/** An HTTP error as RFC 9457 problem details. */
export class Problem extends HttpException {
  constructor(status: number, { type, ...details }: ProblemDetails) {
    super({ type: `urn:troupe:problem:${type}`, status, ...details }, status);
  }
}
