/**
 * Runs `work` again and again, `everyMs` after the last run ended. A failure is told once, until it works again.
 * Returns a function that stops it and waits for a run that is under way.
 */
export function repeat(
  work: () => Promise<void>,
  {
    everyMs,
    onFailure,
    onRecovery,
  }: { everyMs: number; onFailure: (error: unknown) => void; onRecovery?: () => void },
): () => Promise<void> {
  let isStopped = false;
  let isFailing = false;
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    try {
      await work();
      if (isFailing) onRecovery?.();
      isFailing = false;
    } catch (error) {
      if (!isFailing) onFailure(error);
      isFailing = true;
    }
    if (!isStopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      running = run();
    }, everyMs);
  };
  schedule();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
