import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const keys: readonly (readonly [key: string, what: string])[] = [
  ['J', 'Next card'], ['K', 'Previous card'], ['A', 'Approve'], ['E', 'Edit, then approve'], ['R', 'Reject, with a reason'],
  ['S', 'Snooze'], ['Z', 'Undo'], ['T', 'Send again what failed for now'], ['/', 'Search'], ['Esc', 'Close a form'], ['?', 'This help'],
];

/** The keys, over everything. The browser keeps the focus inside and closes it with Esc. */
export function Help({ onClose }: { onClose: () => void }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keyboard</h2>
      <dl>
        {keys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}
      </dl>
      <p class="muted small">An approval is not sent at once: until the countdown ends, Z stops it.</p>
      <form method="dialog"><button type="submit" class="primary">Close</button></form>
    </dialog>
  );
}
