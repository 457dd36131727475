import type { Token } from "@/server/vtl/lexer/token";

/** The grammar does not allow this token here. */
export class ParseFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly token: Token | null,
    /** The directive whose #end is missing, where the template ended in its body. */
    readonly opened: Token | null = null,
  ) {
    super(message);
  }
}
