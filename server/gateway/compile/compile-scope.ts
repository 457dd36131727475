import type { MediaTypeMatcher } from "../context/media-type";
import type { ApiSnapshot } from "../snapshot/api-snapshot";
import type { StageConfig } from "../snapshot/stage-config";
import type { SnapshotProblem } from "./snapshot-error";

/** Collects what is wrong with a snapshot, each with its path. */
export class ProblemList {
  constructor(
    readonly found: SnapshotProblem[] = [],
    private readonly path: readonly (string | number)[] = [],
  ) {}

  /** The same list, one level deeper. */
  at(...path: (string | number)[]): ProblemList {
    return new ProblemList(this.found, [...this.path, ...path]);
  }

  add(message: string): void {
    this.found.push({ path: this.path, message });
  }
}

/** Where answers are kept. */
export type StageCache = {
  /** `apiId/stageName`. */
  readonly stage: string;
  /** What the stage may keep at most: `cacheClusterSize` in bytes. */
  readonly sizeBytes: number;
  /** Part of each entry's name. */
  readonly deploymentId: string;
};

/** What all parts of one compilation share. */
export type CompileScope = {
  readonly apiId: string;
  readonly accountId: string;
  readonly region: string;
  readonly stageName: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly methodSettings: StageConfig["methodSettings"];
  readonly snapshot: ApiSnapshot;
  readonly isBinaryType: MediaTypeMatcher;
  readonly hasBinaryTypes: boolean;
  /** The stage's cache; null if it has none, or if this variant may not use it. */
  readonly cache: StageCache | null;
  /** What HTTP back ends are shown over TLS (UpstreamRequest); null: nothing. */
  readonly clientCertificate: string | null;
  readonly problems: ProblemList;
};
