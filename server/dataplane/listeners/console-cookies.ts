/**
 * The console's cookies are no business of the APIs: cookies know no ports, so a browser that is signed in to the
 * console on another port of this machine sends them here as well, and would take new ones from here.
 */
const CONSOLE_COOKIE = /^\s*(?:__Secure-|__Host-)?gatehouse\./i;
const SET_COOKIE = "set-cookie";

/** Raw request headers (name, value, …) without the console's cookies. */
export function withoutConsoleCookies(rawHeaders: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    let value = rawHeaders[i + 1] as string;
    if (name.toLowerCase() === "cookie") {
      const cookies = value.split(";").filter((cookie) => !CONSOLE_COOKIE.test(cookie));
      value = cookies.join(";").trimStart();
      if (value === "") continue;
    }
    kept.push(name, value);
  }
  return kept;
}

/** Takes cookies that would replace the console's out of an answer's headers. */
export function dropConsoleSetCookies(headers: string[]): void {
  for (let i = headers.length - 2; i >= 0; i -= 2) {
    const name = headers[i] as string;
    if (name.length === SET_COOKIE.length && name.toLowerCase() === SET_COOKIE) {
      if (CONSOLE_COOKIE.test(headers[i + 1] as string)) headers.splice(i, 2);
    }
  }
}
