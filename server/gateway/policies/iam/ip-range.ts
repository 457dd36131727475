/** An address as a number of `bits` bits; IPv4 inside IPv6 counts as IPv4. Null if it is none. */
type Address = { readonly value: bigint; readonly bits: 32 | 128 };

/** Reads `203.0.113.0/24`, `2001:db8::/32` or a single address; null if it is none. */
export function compileIpRange(range: string): ((address: string) => boolean) | null {
  const [text = "", prefixText, ...rest] = range.trim().split("/");
  const base = parseAddress(text);
  if (!base || rest.length > 0) return null;
  const prefix = prefixText === undefined ? base.bits : Number(prefixText);
  if (!/^\d*$/.test(prefixText ?? "") || prefixText === "" || prefix > base.bits) return null;
  const shift = BigInt(base.bits - prefix);
  return (address) => {
    const given = parseAddress(address);
    return given !== null && given.bits === base.bits && given.value >> shift === base.value >> shift;
  };
}

function parseAddress(text: string): Address | null {
  const v4 = parseV4(text);
  if (v4 !== null) return { value: v4, bits: 32 };
  const value = parseV6(text);
  if (value === null) return null;
  return value >> 32n === 0xffffn ? { value: value & 0xffffffffn, bits: 32 } : { value, bits: 128 };
}

function parseV4(text: string): bigint | null {
  const parts = text.split(".");
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":").flatMap(groupsOf)));
  const [head = [], tail] = groups;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = tail === undefined ? head : [...head, ...Array<string>(missing).fill("0"), ...tail];
  let value = 0n;
  for (const group of all) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return value;
}

/** The IPv4 end of `::ffff:192.0.2.1` as two groups. */
function groupsOf(group: string): string[] {
  const v4 = group.includes(".") ? parseV4(group) : null;
  return v4 === null ? [group] : [(v4 >> 16n).toString(16), (v4 & 0xffffn).toString(16)];
}
