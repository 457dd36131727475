const MAX_MEMBERS = 32;
/** W3C asks for at least 512 characters. */
const MAX_LENGTH = 512;
const KEY = /^[a-z0-9][a-z0-9_\-*/]{0,255}$|^[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13}$/;
const VALUE = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/**
 * One `tracestate` of all header lines, members in their order; "" if there is none or one of them is not valid, which
 * spoils the whole (W3C Trace Context, §3.3). Over 512 characters members go from the end, long ones (over 128) first.
 */
export function joinTracestate(lines: readonly string[]): string {
  const members: string[] = [];
  const keys = new Set<string>();
  for (const part of lines.join(",").split(",")) {
    const member = part.replace(/^[ \t]+|[ \t]+$/g, "");
    if (member === "") continue;
    const equals = member.indexOf("=");
    const key = member.slice(0, Math.max(equals, 0));
    if (!KEY.test(key) || !VALUE.test(member.slice(equals + 1)) || keys.has(key)) return "";
    keys.add(key);
    members.push(member);
  }
  if (members.length > MAX_MEMBERS) return "";
  return shorten(members).join(",");
}

function shorten(members: readonly string[]): readonly string[] {
  const left = [...members];
  const isLong = (member: string) => member.length > 128;
  while (left.join(",").length > MAX_LENGTH) {
    const long = left.findLastIndex(isLong);
    left.splice(long < 0 ? left.length - 1 : long, 1);
  }
  return left;
}
