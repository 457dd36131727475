const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;

/**
 * The host name a TLS client asks for in its first message (RFC 8446, 4.1.2; RFC 6066, 3), in lower case. Undefined: more
 * bytes are needed. Null: it names none, or this is no such message; the handshake itself says what is wrong then.
 */
export function serverNameOf(bytes: Buffer): string | null | undefined {
  const message: Buffer[] = [];
  let length = 0;
  for (let at = 0; ; ) {
    if (bytes.length > at && bytes[at] !== HANDSHAKE) return null;
    if (bytes.length < at + 5) return undefined;
    const size = bytes.readUInt16BE(at + 3);
    if (size === 0) return null;
    const part = bytes.subarray(at + 5, at + 5 + size);
    message.push(part);
    length += part.length;
    const hello = message.length === 1 ? part : Buffer.concat(message);
    if (length >= 4) {
      if (hello[0] !== CLIENT_HELLO) return null;
      if (length >= 4 + hello.readUIntBE(1, 3)) return nameIn(hello);
    }
    if (part.length < size) return undefined;
    at += 5 + size;
  }
}

function nameIn(hello: Buffer): string | null {
  try {
    // Header, version and random.
    let at = 4 + 2 + 32;
    at += 1 + hello.readUInt8(at);
    at += 2 + hello.readUInt16BE(at);
    at += 1 + hello.readUInt8(at);
    const end = at + 2 + hello.readUInt16BE(at);
    at += 2;
    while (at + 4 <= end) {
      const type = hello.readUInt16BE(at);
      const size = hello.readUInt16BE(at + 2);
      at += 4;
      if (type === SERVER_NAME) return firstHostName(hello.subarray(at, at + size));
      at += size;
    }
  } catch {
    // Lengths that lead out of the message.
  }
  return null;
}

function firstHostName(list: Buffer): string | null {
  if (list.readUInt8(2) !== 0) return null;
  const size = list.readUInt16BE(3);
  const name = list.toString("latin1", 5, 5 + size).toLowerCase();
  return name.length === size && name !== "" ? name : null;
}
