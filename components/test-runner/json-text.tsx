import { Fragment } from "react";
import { prettyJson } from "./pretty-json";

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;
/** Colouring makes an element of each token: longer texts are shown plain. */
const COLOURED_CHARACTERS = 60_000;

function colour(text: string) {
  const parts: React.ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon] = match;
    const start = match.index;
    parts.push(<Fragment key={`t${at}`}>{text.slice(at, start)}</Fragment>);
    const tone = string === undefined ? "text-patch" : colon ? "text-ink" : "text-get";
    parts.push(
      <span key={start} className={tone}>
        {string ?? whole}
      </span>,
    );
    if (colon) parts.push(colon);
    at = start + whole.length;
  }
  parts.push(text.slice(at));
  return parts;
}

/** A body to read: JSON is indented and coloured, anything else is shown as it came. */
export function JsonText({ text, isRaw = false }: { text: string; isRaw?: boolean }) {
  const pretty = isRaw ? null : prettyJson(text);
  if (pretty === null || pretty.length > COLOURED_CHARACTERS) return <>{pretty ?? text}</>;
  return <>{colour(pretty)}</>;
}
