type Output = { write: (text: string) => unknown; isTTY?: boolean };

export type Progress = {
  /** Runs one step and shows it with the time it took. */
  step: <T>(label: string, work: () => Promise<T> | T) => Promise<T>;
  elapsedSeconds: () => string;
};

/** Lines such as `  ✓ database started        0.3 s`, the same as the bootstrap script shows. */
export function createProgress(output: Output = process.stdout): Progress {
  const startedAt = performance.now();
  return {
    elapsedSeconds: () => seconds(startedAt),
    async step(label, work) {
      const stepStartedAt = performance.now();
      if (output.isTTY) output.write(`  … ${label}`);
      let mark = "✗";
      try {
        const result = await work();
        mark = "✓";
        return result;
      } finally {
        const line = `  ${mark} ${label.padEnd(30)} ${seconds(stepStartedAt).padStart(8)}\n`;
        output.write(output.isTTY ? `\r\u001b[K${line}` : line);
      }
    },
  };
}

function seconds(sinceMs: number) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}
