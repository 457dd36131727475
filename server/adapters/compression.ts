import { promisify } from "node:util";
import zlib from "node:zlib";
import type { Compression } from "@/server/gateway/ports";

const gunzip = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflate = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const gzip = promisify<zlib.InputType, Buffer>(zlib.gzip);
const deflate = promisify<zlib.InputType, Buffer>(zlib.deflate);

export const zlibCompression: Compression = {
  async decompress(coding, bytes, maxBytes) {
    const options = { maxOutputLength: maxBytes };
    if (coding === "gzip") return gunzip(bytes, options);
    // Some clients mean a bare deflate stream by "deflate"; the zlib header tells which one it is.
    const hasZlibHeader =
      bytes.length > 1 &&
      ((bytes[0] as number) & 15) === 8 &&
      (((bytes[0] as number) << 8) | (bytes[1] as number)) % 31 === 0;
    return hasZlibHeader ? inflate(bytes, options) : inflateRaw(bytes, options);
  },
  compress: (coding, bytes) => (coding === "gzip" ? gzip(bytes) : deflate(bytes)),
};
