import type { Part } from "@/server/vtl/compiler/compile-context";
import type { Render } from "@/server/vtl/compiler/frame";

/** One function that writes all parts in order. */
export function renderParts(parts: readonly Part[]): Render {
  const steps = parts.filter((part) => part !== "").map(toRender);
  const [first, second, third] = steps;
  if (first === undefined) return () => {};
  if (second === undefined) return first;
  if (steps.length === 2) {
    return (frame) => {
      first(frame);
      second(frame);
    };
  }
  if (third !== undefined && steps.length === 3) {
    return (frame) => {
      first(frame);
      second(frame);
      third(frame);
    };
  }
  return (frame) => {
    for (let i = 0; i < steps.length; i++) (steps[i] as Render)(frame);
  };
}

function toRender(part: Part): Render {
  if (typeof part === "string") return (frame) => frame.write(part);
  return typeof part === "function" ? part : part.render;
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
