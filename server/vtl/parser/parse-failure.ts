import type { Token } from "@/server/vtl/lexer/token";

/** The grammar does not allow this token here. */
export class ParseFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly token: Token | null,
  ) {
    super(message);
  }
}
