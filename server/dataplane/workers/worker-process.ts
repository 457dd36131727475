import { type ChildProcess, fork } from "node:child_process";
import type net from "node:net";
import type { Gauge } from "../telemetry/metrics-text";
import type { Seat } from "./connection-dealer";
import { type HandlersOf, Peer } from "./peer";
import type { HandOver, Message, PrimaryCalls, WorkerCalls, WorkerPlace } from "./protocol";

/** A worker, seen from the primary. */
export class WorkerProcess implements Seat {
  readonly peer: Peer<WorkerCalls, PrimaryCalls>;
  readonly startedAtMs = performance.now();
  isReady = false;
  isAsked = false;
  hasEnded = false;
  /** What it counted when it was last asked. */
  gauges: Gauge[] = [];
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;

  constructor(
    readonly place: WorkerPlace,
    script: string,
    handlers: (worker: WorkerProcess) => HandlersOf<PrimaryCalls>,
  ) {
    // Structured clones: answers that are cached are bytes.
    const child = fork(script, ["worker", JSON.stringify(place)], { serialization: "advanced" });
    this.#child = child;
    const send = (message: Message) => {
      // A channel that is closed says so again by the process's end.
      if (child.connected) child.send(message, () => undefined);
    };
    this.peer = new Peer<WorkerCalls, PrimaryCalls>((frame) => send({ frame }), handlers(this));
    child.on("message", (message: Message) => {
      if ("frame" in message) this.peer.receive(message.frame);
    });
    child.on("error", () => undefined);
    this.exited = new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        this.hasEnded = true;
        this.peer.close();
        resolve(signal ?? `code ${code}`);
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(handOver: HandOver, socket: net.Socket): void {
    // Messages keep their order among each other, so what was to be told before goes before.
    this.peer.flush();
    if (this.#child.connected) this.#child.send(handOver, socket, { keepOpen: true }, () => undefined);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}
