/** Runs a task again and again, each time the page has nothing else to do, while it returns true; returns how to stop it. */
export function whenIdle(task: () => boolean): () => void {
  let isStopped = false;
  const run = () => {
    if (!isStopped && task()) schedule();
  };
  const schedule = () => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === "function") requestIdleCallback(run);
    else setTimeout(run, 50);
  };
  schedule();
  return () => {
    isStopped = true;
  };
}
