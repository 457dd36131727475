const encoder = new TextEncoder();
/** 1 January 1980, midnight: the first moment the format knows. Archives of the same files are the same bytes. */
const DOS_DATE = 0x0021;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const VERSION = 20;

/** A ZIP archive of text files by path, uncompressed (PKWARE's APPNOTE 6.3, method 0). */
export function zipOf(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const path = encoder.encode(name);
    const data = encoder.encode(text);
    const about = [
      ...[VERSION, FLAGS, 0, 0, DOS_DATE].map(u16),
      ...[crc32(data), data.length, data.length].map(u32),
      ...[path.length, 0].map(u16),
    ];
    const local = joined([u32(0x04034b50), ...about, path, data]);
    directory.push(u32(0x02014b50), u16(VERSION), ...about, ...[0, 0, 0].map(u16), u32(0), u32(offset), path);
    parts.push(local);
    offset += local.length;
  }
  const central = joined(directory);
  const count = Object.keys(files).length;
  const end = [u32(0x06054b50), ...[0, 0, count, count].map(u16), u32(central.length), u32(offset), u16(0)];
  return joined([...parts, central, ...end]);
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const u16 = (value: number) => Uint8Array.of(value & 0xff, (value >>> 8) & 0xff);
const u32 = (value: number) =>
  Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
