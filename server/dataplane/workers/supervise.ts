import { randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { systemClock } from "@/server/adapters/clock";
import { ThrottlePool } from "@/server/adapters/limits/leases/throttle-pool";
import { MemoryResponseCache } from "@/server/adapters/response-cache/memory-response-cache";
import type { Gauge } from "../telemetry/metrics-text";
import type { KeyPair } from "../tls/domain-servers";
import { ownCertificate } from "../tls/own-certificate";
import { ConnectionDealer } from "./connection-dealer";
import { Door } from "./door";
import { countersOf, mergeGauges } from "./merge-gauges";
import type { HandlersOf } from "./peer";
import { PrimaryCache } from "./primary-cache";
import type { CacheKind, OpenPorts, PrimaryCalls } from "./protocol";
import { WorkerProcess } from "./worker-process";

export type SuperviseOptions = {
  /** The program, which runs a worker when its first argument says so. */
  script: string;
  count: number;
  host: string;
  port: number;
  /** Absent: no TLS. */
  tlsPort?: number;
  dataDir: string;
  /** What the response cache may hold. */
  cacheBytes: number;
  /** So long a gateway that ends still takes connections, and says that it is not ready. */
  drainLeadMs: number;
  log: Logger;
};

export type RunningGateway = OpenPorts & {
  pids: () => number[];
  /** Resolves to false if workers had to be killed. */
  stop: () => Promise<boolean>;
};

/** Some 10,000 decisions. */
const AUTHORIZER_CACHE_BYTES = 33_554_432;
const ASK_EVERY_MS = 5_000;
/** A worker that answers nothing for so long hangs: a template may take ten seconds, and nothing else keeps it busy so long. */
const HUNG_MS = 60_000;
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const STEADY_AFTER_MS = 30_000;
/** Workers drain for 30 s and store what they counted after that. */
const KILL_AFTER_MS = 45_000;

/** Runs the gateway as several workers. Rejects if none of them can start, or a port is taken. */
export async function superviseWorkers(options: SuperviseOptions): Promise<RunningGateway> {
  const supervisor = new Supervisor(options);
  const ports = await supervisor.start();
  return { ...ports, pids: () => supervisor.pids(), stop: () => supervisor.stop() };
}

class Supervisor {
  readonly #gatewayId = randomUUID();
  readonly #workers = new Set<WorkerProcess>();
  readonly #dealer = new ConnectionDealer();
  readonly #pool = new ThrottlePool(systemClock);
  readonly #caches: Record<CacheKind, PrimaryCache<WorkerProcess>>;
  readonly #doors: Door[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Workers of the first set that are neither ready nor dead yet. */
  #awaited: number;
  #open: (ports: OpenPorts | Promise<OpenPorts>) => void = () => undefined;
  readonly #opened = new Promise<OpenPorts>((resolve) => {
    this.#open = resolve;
  });
  #certificate: Promise<KeyPair> | null = null;
  #quickDeaths = 0;
  #restarts = 0;
  #departed: Gauge[] = [];
  #isStopping = false;

  constructor(private readonly options: SuperviseOptions) {
    this.#awaited = options.count;
    const cache = (kind: CacheKind, bytes: number) =>
      new PrimaryCache<WorkerProcess>(new MemoryResponseCache(systemClock, bytes), (stage) => {
        for (const { peer } of this.#workers) peer.tell("forgetAnswers", { cache: kind, stage });
      });
    this.#caches = {
      methods: cache("methods", options.cacheBytes),
      authorizers: cache("authorizers", AUTHORIZER_CACHE_BYTES),
    };
  }

  async start(): Promise<OpenPorts> {
    for (let index = 0; index < this.options.count; index++) this.#fork(index);
    const asking = setInterval(() => {
      for (const worker of this.#workers) if (worker.isReady) void this.#askAlive(worker);
    }, ASK_EVERY_MS);
    asking.unref();
    try {
      return await this.#opened;
    } catch (error) {
      this.#isStopping = true;
      for (const worker of this.#workers) worker.kill();
      for (const timer of this.#timers) clearTimeout(timer);
      throw error;
    }
  }

  pids(): number[] {
    return [...this.#workers].flatMap(({ pid }) => pid ?? []);
  }

  async stop(): Promise<boolean> {
    this.#isStopping = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { peer } of this.#workers) peer.tell("drain", null);
    await sleep(this.options.drainLeadMs);
    await Promise.all(this.#doors.map((door) => door.close()));
    await Promise.race([this.#dealer.settled(), sleep(1_000, undefined, { ref: false })]);
    for (const { peer } of this.#workers) peer.tell("finish", null);
    const killing = setTimeout(() => {
      for (const worker of this.#workers) worker.kill();
    }, KILL_AFTER_MS);
    const reasons = await Promise.all([...this.#workers].map((worker) => worker.exited));
    clearTimeout(killing);
    return !reasons.includes("SIGKILL");
  }

  #fork(index: number): void {
    const { count, script, log } = this.options;
    const place = { index, count, gatewayId: this.#gatewayId };
    const worker = new WorkerProcess(place, script, (of) => this.#handlersFor(of));
    this.#workers.add(worker);
    for (const cache of Object.values(this.#caches)) cache.add(worker);
    void worker.exited.then((reason) => {
      this.#workers.delete(worker);
      this.#dealer.remove(worker, true);
      for (const cache of Object.values(this.#caches)) cache.remove(worker);
      this.#departed = mergeGauges([this.#departed, countersOf(worker.gauges)]);
      if (!worker.isReady) this.#settleOne();
      if (this.#isStopping) return;
      const pauseMs = this.#pauseAfter(worker);
      log.warn({ worker: index, reason, pauseMs }, "a worker ended; another one takes its place");
      this.#restarts++;
      this.#later(pauseMs, () => this.#fork(index));
    });
  }

  #pauseAfter(worker: WorkerProcess): number {
    if (performance.now() - worker.startedAtMs > STEADY_AFTER_MS) this.#quickDeaths = 0;
    return Math.min(SHORTEST_PAUSE_MS * 2 ** this.#quickDeaths++, LONGEST_PAUSE_MS);
  }

  #handlersFor(worker: WorkerProcess): HandlersOf<PrimaryCalls> {
    return {
      ready: () => this.#takeIn(worker),
      accepted: (connection) => {
        this.#dealer.accepted(connection);
        return null;
      },
      closed: (count) => {
        this.#dealer.closed(worker, count);
        return null;
      },
      leaving: () => {
        this.#retire(worker);
        return null;
      },
      takeTokens: (asks) => this.#pool.take(asks),
      giveTokensBack: (returns) => {
        this.#pool.giveBack(returns);
        return null;
      },
      certificate: () => {
        const folder = path.join(this.options.dataDir, "tls");
        this.#certificate ??= ownCertificate(folder, new Date(systemClock.nowMs()));
        return this.#certificate;
      },
      gauges: () => this.#gather(),
      findAnswer: ({ cache, name }) => this.#caches[cache].find(worker, name),
      replaceAnswer: ({ cache, name }) => this.#caches[cache].replace(worker, name),
      settleAnswer: ({ cache, lease, answer }) => {
        if (answer) this.#caches[cache].keep(worker, lease, answer);
        else this.#caches[cache].release(worker, lease);
        return null;
      },
      clearAnswers: ({ cache, stage }) => {
        this.#caches[cache].clear(stage);
        return null;
      },
    };
  }

  async #takeIn(worker: WorkerProcess): Promise<OpenPorts> {
    worker.isReady = true;
    this.#settleOne();
    const ports = await this.#opened;
    // It hears of the ports first: answers are told at the end of this turn, connections after them.
    setImmediate(() => {
      if (this.#workers.has(worker)) this.#dealer.add(worker);
    });
    return ports;
  }

  /** Listens when all of the first workers are ready or have failed: a few early clients would all meet the first one. */
  #settleOne(): void {
    if (--this.#awaited !== 0) return;
    if ([...this.#workers].some((worker) => worker.isReady)) this.#open(this.#listen());
    else this.#open(Promise.reject(new Error("no worker could start")));
  }

  async #listen(): Promise<OpenPorts> {
    const { host, port, tlsPort } = this.options;
    const open = (name: "http" | "tls", at: number) => {
      const door = new Door(name, (socket, from) => this.#dealer.deal(socket, from));
      this.#doors.push(door);
      return door.listen(at, host);
    };
    return {
      port: await open("http", port),
      tlsPort: tlsPort === undefined ? null : await open("tls", tlsPort),
    };
  }

  /** A worker that was asked to end alone does so like the gateway. */
  #retire(worker: WorkerProcess): void {
    if (this.#isStopping) return;
    this.#dealer.remove(worker, false);
    worker.peer.tell("drain", null);
    this.#later(this.options.drainLeadMs, () => worker.peer.tell("finish", null));
  }

  /** Whether it still answers, and what it has counted: so little is lost with it. */
  async #askAlive(worker: WorkerProcess): Promise<void> {
    if (worker.isAsked) return;
    worker.isAsked = true;
    try {
      worker.gauges = await worker.peer.call("gauges", null, HUNG_MS);
    } catch {
      if (worker.hasEnded) return;
      this.options.log.error({ worker: worker.place.index }, "a worker hangs and is killed");
      worker.kill();
    } finally {
      worker.isAsked = false;
    }
  }

  #later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }

  async #gather(): Promise<Gauge[]> {
    const lists = await Promise.all(
      [...this.#workers].map(async (worker) => {
        worker.gauges = await worker.peer.call("gauges", null).catch(() => worker.gauges);
        return worker.gauges;
      }),
    );
    return mergeGauges([this.#departed, ...lists, this.#ownGauges()]);
  }

  #ownGauges(): Gauge[] {
    const { bytes, entries } = this.#caches.methods.held;
    return [
      {
        name: "gatehouse_cache_bytes",
        help: "Bytes the response cache holds.",
        type: "gauge",
        value: bytes,
      },
      {
        name: "gatehouse_cache_entries",
        help: "Answers the response cache holds.",
        type: "gauge",
        value: entries,
      },
      {
        name: "gatehouse_workers",
        help: "Worker processes that take connections.",
        type: "gauge",
        value: [...this.#workers].filter((worker) => worker.isReady).length,
      },
      {
        name: "gatehouse_worker_restarts_total",
        help: "Workers that ended and were replaced.",
        type: "counter",
        value: this.#restarts,
      },
      {
        name: "gatehouse_resident_memory_bytes",
        help: "Resident memory.",
        type: "gauge",
        value: process.memoryUsage.rss(),
      },
    ];
  }
}
