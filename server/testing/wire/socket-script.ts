import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";

/** Octets to send, each one a character; `times` repeats them. */
export type Octets =
  | string
  | { readonly text: string; readonly times: number }
  | { readonly base64: string }
  /** The octets as gzip packs them. */
  | { readonly gzip: Octets }
  /** A head, its Content-Length, the empty line and the body. */
  | { readonly head: string; readonly body: Octets }
  | readonly Octets[];

/** What one side of a connection does, in order. What is left open at the end stays open. */
export type ScriptStep =
  | Octets
  | { readonly waitMs: number }
  /** The text once every so often until the connection is closed, or so often. */
  | { readonly trickle: string; readonly everyMs: number; readonly times?: number }
  /** The text as fast as the other side takes it, until the connection is closed. */
  | { readonly endless: string }
  | { readonly close: "end" | "reset" };

export type SocketScript = readonly ScriptStep[];

/** The script with its octets made: packing many of them takes a while. */
export function prepareScript(script: SocketScript): (Buffer | Exclude<ScriptStep, Octets>)[] {
  return script.map((step) => (isOctets(step) ? octetsOf(step) : step));
}

/** Plays a script on a socket; ends early when the socket is closed. */
export async function playScript(socket: Socket, script: readonly (Buffer | ScriptStep)[]): Promise<void> {
  for (const step of script) {
    if (!socket.writable) return;
    if (Buffer.isBuffer(step)) socket.write(step);
    else if (isOctets(step)) socket.write(octetsOf(step));
    else if ("waitMs" in step) await pause(socket, step.waitMs);
    else if ("trickle" in step) await trickle(socket, step);
    else if ("endless" in step) await flood(socket, step.endless);
    else if (step.close === "end") socket.end();
    else socket.resetAndDestroy();
  }
}

export function octetsOf(octets: Octets): Buffer {
  if (typeof octets === "string") return Buffer.from(octets, "latin1");
  if (isList(octets)) return Buffer.concat(octets.map(octetsOf));
  if ("head" in octets) {
    const body = octetsOf(octets.body);
    return Buffer.concat([octetsOf(`${octets.head}Content-Length: ${body.length}\r\n\r\n`), body]);
  }
  if ("gzip" in octets) return gzipSync(octetsOf(octets.gzip));
  if ("base64" in octets) return Buffer.from(octets.base64, "base64");
  return Buffer.alloc(octets.text.length * octets.times, octets.text, "latin1");
}

function isOctets(step: ScriptStep): step is Octets {
  return typeof step === "string" || ["text", "base64", "gzip", "head", "length"].some((key) => key in step);
}

function isList(octets: Octets): octets is readonly Octets[] {
  return Array.isArray(octets);
}

async function trickle(
  socket: Socket,
  {
    trickle: text,
    everyMs,
    times = Number.POSITIVE_INFINITY,
  }: { trickle: string; everyMs: number; times?: number },
): Promise<void> {
  for (let i = 0; i < times && socket.writable; i++) {
    socket.write(text, "latin1");
    await pause(socket, everyMs);
  }
}

async function flood(socket: Socket, text: string): Promise<void> {
  const piece = Buffer.alloc(text.length * Math.ceil(65_536 / text.length), text, "latin1");
  while (socket.writable) {
    if (!socket.write(piece))
      await new Promise<void>((resolve) => settleOn(socket, ["drain", "close"], resolve));
    else await new Promise((resolve) => setImmediate(resolve));
  }
}

function pause(socket: Socket, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(), ms);
    const settle = () => {
      clearTimeout(timer);
      socket.off("close", settle);
      resolve();
    };
    socket.on("close", settle);
  });
}

function settleOn(socket: Socket, events: readonly string[], done: () => void): void {
  const settle = () => {
    for (const event of events) socket.off(event, settle);
    done();
  };
  for (const event of events) socket.on(event, settle);
}
