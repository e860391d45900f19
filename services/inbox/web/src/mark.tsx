import type { VNode } from 'preact';

/** The sign of the house. */
export function Mark(): VNode {
  return <img src="/icon.svg" width="26" height="26" alt="" />;
}
