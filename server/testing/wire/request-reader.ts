/** A request as a careful reader of the octets understands it. */
export type SeenRequest = {
  readonly method: string;
  readonly target: string;
  /** Request line and fields. */
  readonly head: string;
  readonly body: string;
};

const REQUEST_LINE = /^([A-Z]+) (\/[!-~]*) HTTP\/1\.1$/;
const FIELD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+: [\t\x20-\x7e\x80-\xff]*$/;

type Head = { method: string; target: string; head: string; lengthBytes: number | null };

/**
 * Reads the requests of one connection strictly: one Content-Length or chunks, nothing between two requests. It knows
 * nothing of the gateway's own reader.
 */
export class RequestReader {
  #unread = "";
  #head: Head | null = null;
  #body: string[] = [];
  /** Of the body or chunk that is being read; null: a chunk's size comes next. */
  #leftBytes: number | null = null;

  get hasHead(): boolean {
    return this.#head !== null;
  }

  /** The requests that are whole now; "garbage" if the bytes are none. */
  push(octets: string): SeenRequest[] | "garbage" {
    this.#unread += octets;
    const requests: SeenRequest[] = [];
    for (;;) {
      const step = this.#head === null ? this.#readHead() : this.#readBody(this.#head);
      if (step === "garbage") return "garbage";
      if (step === "more") return requests;
      if (step !== "on") requests.push(step);
    }
  }

  #readHead(): "garbage" | "more" | "on" {
    const end = this.#unread.indexOf("\r\n\r\n");
    if (end < 0) return "more";
    const head = this.#unread.slice(0, end);
    this.#unread = this.#unread.slice(end + 4);
    const [line = "", ...fields] = head.split("\r\n");
    const [, method = "", target = ""] = REQUEST_LINE.exec(line) ?? [];
    if (method === "" || !fields.every((field) => FIELD.test(field))) return "garbage";
    const valuesOf = (name: string) =>
      fields
        .filter((field) => field.toLowerCase().startsWith(`${name}: `))
        .map((f) => f.slice(name.length + 2));
    const lengths = valuesOf("content-length");
    const codings = valuesOf("transfer-encoding");
    if (valuesOf("host").length !== 1 || lengths.length + codings.length > 1) return "garbage";
    const isChunked = codings.length === 1;
    if (isChunked ? codings[0] !== "chunked" : !/^\d+$/.test(lengths[0] ?? "0")) return "garbage";
    this.#head = { method, target, head, lengthBytes: isChunked ? null : Number(lengths[0] ?? 0) };
    this.#leftBytes = this.#head.lengthBytes;
    return "on";
  }

  #readBody(head: Head): SeenRequest | "garbage" | "more" | "on" {
    if (this.#leftBytes === null) return this.#readChunkSize();
    const piece = this.#unread.slice(0, this.#leftBytes);
    this.#body.push(piece);
    this.#unread = this.#unread.slice(piece.length);
    this.#leftBytes -= piece.length;
    if (this.#leftBytes > 0) return "more";
    if (head.lengthBytes !== null) return this.#whole(head);
    if (this.#unread.length < 2) return "more";
    if (!this.#unread.startsWith("\r\n")) return "garbage";
    this.#unread = this.#unread.slice(2);
    const isLast = this.#isLast;
    this.#leftBytes = null;
    return isLast ? this.#whole(head) : "on";
  }

  #isLast = false;

  #readChunkSize(): "garbage" | "more" | "on" {
    const lineEnd = this.#unread.indexOf("\r\n");
    if (lineEnd < 0) return "more";
    const size = this.#unread.slice(0, lineEnd);
    if (!/^[0-9a-f]+$/.test(size)) return "garbage";
    this.#unread = this.#unread.slice(lineEnd + 2);
    this.#leftBytes = Number.parseInt(size, 16);
    this.#isLast = this.#leftBytes === 0;
    return "on";
  }

  #whole({ method, target, head }: Head): SeenRequest {
    const body = this.#body.join("");
    this.#body = [];
    this.#head = null;
    this.#isLast = false;
    return { method, target, head, body };
  }
}
