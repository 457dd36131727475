"use client";
import { useState } from "react";
import { compileJavaRegex } from "@/server/toolkit/java-regex/compile-java-regex";
import { Input } from "../../../ui/input";

function verdict(pattern: string, text: string): { matches: boolean } | { problem: string } {
  try {
    return { matches: compileJavaRegex(pattern).matches(text) };
  } catch (error) {
    return { problem: (error as Error).message.split("\n")[0] ?? "This pattern cannot be read" };
  }
}

/** Tries a selection pattern on a status or an error message, as the gateway would: the whole text must match. */
export function PatternTester({ pattern, isHttp }: { pattern: string; isHttp: boolean }) {
  const [text, setText] = useState(isHttp ? "404" : "");
  const result = verdict(pattern, text);
  const words =
    "problem" in result
      ? result.problem
      : result.matches
        ? "matches: this response answers"
        : "does not match";
  return (
    <div className="grid grid-cols-[116px_minmax(0,1fr)] items-center gap-x-3">
      <span className="text-muted">Try it</span>
      <span className="flex items-center gap-2">
        <Input
          mono
          aria-label={isHttp ? "Status to try" : "Error message to try"}
          className={isHttp ? "w-20" : "w-40"}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <output className={"problem" in result ? "text-bad text-sm" : "text-muted text-sm"}>{words}</output>
      </span>
    </div>
  );
}
