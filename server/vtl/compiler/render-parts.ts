import type { Part } from "@/server/vtl/compiler/compile-context";
import type { Render } from "@/server/vtl/compiler/frame";

/** Code with the fixed text before it. */
type Segment = { readonly text: string; readonly render: Render };

const nothing: Render = () => {};

/** One function that writes all parts in order. Fixed text has no function of its own: calls are what rendering costs. */
export function renderParts(parts: readonly Part[]): Render {
  const segments: Segment[] = [];
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    segments.push({ text, render: typeof part === "function" ? part : part.render });
    text = "";
  }
  const last = text;
  const [first, second] = segments;
  if (first === undefined) return last === "" ? nothing : (frame) => frame.write(last);
  if (second === undefined) return renderOne(first, last);
  return (frame) => {
    for (let i = 0; i < segments.length; i++) {
      const segment = segments[i] as Segment;
      if (segment.text !== "") frame.write(segment.text);
      segment.render(frame);
    }
    if (last !== "") frame.write(last);
  };
}

function renderOne({ text, render }: Segment, last: string): Render {
  if (text === "" && last === "") return render;
  return (frame) => {
    if (text !== "") frame.write(text);
    render(frame);
    if (last !== "") frame.write(last);
  };
}

/** The parts with neighbouring texts joined. */
export function joinTexts(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}
