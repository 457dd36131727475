/** One reason why a snapshot cannot be served; `path` leads into the snapshot. */
export type SnapshotProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** A snapshot this engine cannot serve, with every reason. The node keeps what it has. */
export class SnapshotError extends Error {
  constructor(readonly problems: readonly SnapshotProblem[]) {
    super(problems.map((p) => `${p.path.join(".")}: ${p.message}`).join("; "));
    this.name = "SnapshotError";
  }
}
