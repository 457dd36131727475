import net from "node:net";
import { systemClock } from "@/server/adapters/clock";
import type { LeaseSource } from "@/server/adapters/limits/leases/lease-protocol";
import type { HttpServer } from "../http1/http-server";
import type { Gauge } from "../telemetry/metrics-text";
import type { KeyPair } from "../tls/domain-servers";
import type { TlsListener } from "../tls/tls-listener";
import { Peer } from "./peer";
import type {
  CacheKind,
  DoorName,
  Message,
  OpenPorts,
  PrimaryCalls,
  WorkerCalls,
  WorkerPlace,
} from "./protocol";
import { type CacheSource, WorkerCache } from "./worker-cache";

/** What a worker lets the primary do. */
export type WorkerParts = { http: HttpServer; tls: TlsListener | null; gauges: () => Gauge[] };

/** The primary, seen from a worker. */
export class PrimaryLink {
  readonly #peer: Peer<PrimaryCalls, WorkerCalls>;
  readonly caches: Readonly<Record<CacheKind, WorkerCache>>;
  #parts: WorkerParts | null = null;
  #closed = 0;

  constructor(
    readonly place: WorkerPlace,
    on: { drain: () => void; finish: () => void },
  ) {
    this.#peer = new Peer<PrimaryCalls, WorkerCalls>((frame) => this.#send({ frame }), {
      drain: () => {
        on.drain();
        return null;
      },
      finish: () => {
        on.finish();
        return null;
      },
      gauges: () => this.#parts?.gauges() ?? [],
      forgetAnswers: ({ cache, stage }) => {
        this.caches[cache].forget(stage);
        return null;
      },
    });
    this.caches = { methods: this.#cache("methods"), authorizers: this.#cache("authorizers") };
    process.on("message", (message: Message, socket: unknown) => {
      if ("frame" in message) this.#peer.receive(message.frame);
      else this.#take(message.connection, message.door, socket instanceof net.Socket ? socket : null);
    });
    process.on("disconnect", () => {
      this.#peer.close();
      on.finish();
    });
  }

  /** Takes connections from now on. Resolves when the gateway listens. */
  open(parts: WorkerParts): Promise<OpenPorts> {
    this.#parts = parts;
    return this.#peer.call("ready", null, null);
  }

  leave(): void {
    this.#peer.tell("leaving", null);
  }

  certificate(): Promise<KeyPair> {
    return this.#peer.call("certificate", null, 30_000);
  }

  /** Of all workers. */
  gauges(): Promise<Gauge[]> {
    return this.#peer.call("gauges", null, 3_000);
  }

  readonly tokens: LeaseSource = {
    take: (asks) => this.#peer.call("takeTokens", asks),
    giveBack: (returns) => this.#peer.tell("giveTokensBack", returns),
  };

  #cache(cache: CacheKind): WorkerCache {
    const peer = this.#peer;
    const source: CacheSource = {
      // Whoever waits for another one's answer waits as long as that takes.
      find: (name) => peer.call("findAnswer", { cache, name }, null),
      replace: (name) => peer.call("replaceAnswer", { cache, name }),
      keep: (lease, answer) => peer.tell("settleAnswer", { cache, lease, answer }),
      release: (lease) => peer.tell("settleAnswer", { cache, lease, answer: null }),
      clear: (stage) => peer.tell("clearAnswers", { cache, stage }),
    };
    return new WorkerCache(source, systemClock);
  }

  #take(connection: number, door: DoorName, socket: net.Socket | null): void {
    // Told at the end of this turn, before anything is read: only then the primary lets go of it.
    this.#peer.tell("accepted", connection);
    const listener = door === "tls" ? this.#parts?.tls : this.#parts?.http;
    if (socket === null || !listener) {
      socket?.destroy();
      this.#countClosed();
    } else listener.accept(socket, () => this.#countClosed());
  }

  #countClosed(): void {
    if (this.#closed++ > 0) return;
    setImmediate(() => {
      this.#peer.tell("closed", this.#closed);
      this.#closed = 0;
    });
  }

  #send(message: Message): void {
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  }
}
