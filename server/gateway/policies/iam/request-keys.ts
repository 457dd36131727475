import { headerOf } from "../../context/request-headers";
import type { Exchange } from "../../exchange";

/** Condition keys of a request; `caller` is there for signed ones. */
export function requestKeys({ request, receivedAtMs, caller }: Exchange): ReadonlyMap<string, string> {
  const keys = new Map<string, string>([
    ["aws:sourceip", request.sourceIp],
    ["aws:currenttime", new Date(receivedAtMs).toISOString()],
    ["aws:epochtime", String(Math.floor(receivedAtMs / 1000))],
    ["aws:securetransport", String(request.forwarded?.protocol === "https")],
  ]);
  const referer = headerOf(request.headers, "referer");
  if (referer !== null) keys.set("aws:referer", referer);
  const userAgent = headerOf(request.headers, "user-agent");
  if (userAgent !== null) keys.set("aws:useragent", userAgent);
  if (caller) {
    keys.set("aws:username", caller.userName);
    keys.set("aws:userid", caller.accessKey);
    keys.set("aws:principalarn", caller.userArn);
    keys.set("aws:principalaccount", caller.accountId);
    keys.set("aws:principaltype", "User");
  }
  return keys;
}
