import net from "node:net";
import { type RawAnswer, readRawAnswer } from "../conformance/raw-request";
import { playScript, prepareScript, type SocketScript } from "./socket-script";

export type Talk = {
  readonly answers: RawAnswer[];
  /** Whether the other side closed the connection. */
  readonly isClosed: boolean;
  /** Bytes that are no whole answer. */
  readonly rest: string;
  /** Everything, for informational answers. */
  readonly text: string;
};

export type TalkOptions = {
  /** Hang up after so many answers and a moment; otherwise only when the other side closes. */
  readonly answers?: number;
  /** The first request is a HEAD: its answer has no body. */
  readonly isHead?: boolean;
  readonly timeoutMs?: number;
  /** The client keeps its side open even when it is told that the connection ends. */
  readonly stays?: boolean;
  /** How long a connection is watched after its last answer for what does not belong there. */
  readonly settleMs?: number;
};

/** Plays a client's script over a new connection and gathers what comes back. Never rejects. */
export function talk(port: number, script: SocketScript, options: TalkOptions = {}): Promise<Talk> {
  const {
    answers: wanted = Number.POSITIVE_INFINITY,
    isHead = false,
    timeoutMs = 10_000,
    stays = false,
    settleMs = 5,
  } = options;
  // Before the connection's time begins to run.
  const prepared = prepareScript(script);
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let unread = Buffer.alloc(0);
    let text = "";
    const answers: RawAnswer[] = [];
    let isClosed = false;
    let settling: NodeJS.Timeout | null = null;
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    const read = () => {
      for (;;) {
        const found = readRawAnswer(unread, { isClosed, isHead: isHead && answers.length === 0 });
        if (!found) break;
        answers.push(found.answer);
        if (!stays && isLast(found.answer)) socket.end();
        unread = unread.subarray(found.sizeBytes);
      }
      if (answers.length >= wanted && !isClosed) settling ??= setTimeout(() => socket.destroy(), settleMs);
    };
    socket.on("connect", () => void playScript(socket, prepared));
    socket.on("data", (bytes: Buffer) => {
      unread = Buffer.concat([unread, bytes]);
      if (text.length < 100_000) text += bytes.toString("latin1");
      read();
    });
    socket.on("error", () => {
      isClosed = true;
    });
    socket.on("end", () => {
      isClosed = true;
      socket.destroy();
    });
    socket.on("close", () => {
      clearTimeout(timer);
      if (settling) clearTimeout(settling);
      read();
      resolve({ answers, isClosed, rest: unread.toString("latin1").slice(0, 1_000), text });
    });
  });
}

function isLast({ headers }: RawAnswer): boolean {
  return headers.some(
    ([name, value]) => name.toLowerCase() === "connection" && value.toLowerCase() === "close",
  );
}
