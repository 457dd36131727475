import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { WholeConfig } from "./config-source";

const FORMAT_VERSION = 1;
const WRITE_DELAY_MS = 300;
/** What files of earlier versions do not have. */
const UNKNOWN_EARLIER = { functionEndpoints: [], accessKeys: [], domains: [], clientCertificates: [] };

/**
 * The last configuration that worked, on disk: what a node starts from while the database is away. One file with
 * stages, keys (as hashes), plans and sealed secrets, and one per deployment. Writing never fails loudly: without a disk the node
 * serves on, it only could not start again without the database.
 *
 * Of several workers one is the keeper: state that is older must not replace newer, nor what another one needs go. All
 * of them bring snapshots, which never change.
 */
export class LastGood {
  readonly #stateFile: string;
  readonly #deploymentsFolder: string;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  lastError: Error | null = null;

  constructor(
    folder: string,
    private readonly isKeeper = true,
  ) {
    this.#stateFile = path.join(folder, "state.json");
    this.#deploymentsFolder = path.join(folder, "deployments");
  }

  /** Null if there is none, or one this version cannot read. */
  async read(): Promise<WholeConfig | null> {
    try {
      const state = JSON.parse(await readFile(this.#stateFile, "utf8"));
      if (state.formatVersion !== FORMAT_VERSION) return null;
      const { formatVersion: _, cursor, ...config } = state;
      return { ...UNKNOWN_EARLIER, ...config, cursor: BigInt(cursor) };
    } catch {
      return null;
    }
  }

  /** Writes the state a moment later; calls in between are one write. */
  saveSoon(current: () => WholeConfig): void {
    if (!this.isKeeper) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.save(current());
    }, WRITE_DELAY_MS);
  }

  async save(config: WholeConfig): Promise<void> {
    if (!this.isKeeper) return;
    const text = JSON.stringify({
      formatVersion: FORMAT_VERSION,
      ...config,
      cursor: config.cursor.toString(),
    });
    this.#writing = this.#writing.then(() => this.#replace(this.#stateFile, text));
    await this.#writing;
  }

  /** A deployment's snapshot; undefined if it is not on disk. */
  readSnapshot(deploymentId: string): unknown {
    try {
      return JSON.parse(readFileSync(this.#snapshotFile(deploymentId), "utf8"));
    } catch {
      return undefined;
    }
  }

  saveSnapshot(deploymentId: string, snapshot: unknown): Promise<void> {
    return this.#replace(this.#snapshotFile(deploymentId), JSON.stringify(snapshot));
  }

  async knownSnapshots(): Promise<Set<string>> {
    const names = await readdir(this.#deploymentsFolder).catch(() => [] as string[]);
    return new Set(names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5)));
  }

  /** Forgets snapshots no stage serves any more. */
  async prune(used: ReadonlySet<string>): Promise<void> {
    if (!this.isKeeper) return;
    for (const id of await this.knownSnapshots()) {
      if (!used.has(id)) await unlink(this.#snapshotFile(id)).catch(() => undefined);
    }
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#writing;
  }

  #snapshotFile(deploymentId: string): string {
    return path.join(this.#deploymentsFolder, `${deploymentId.replace(/[^\w-]/g, "_")}.json`);
  }

  async #replace(file: string, text: string): Promise<void> {
    const fresh = `${file}.${process.pid}.tmp`;
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(fresh, text, { mode: 0o600 });
      await rename(fresh, file);
      this.lastError = null;
    } catch (error) {
      this.lastError = error as Error;
    }
  }
}
