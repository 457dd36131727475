/** A text the JSON dialect does not accept. The message is json-smart's own sentence. */
export class JsonParseError extends Error {
  override readonly name = "JsonParseError";
  readonly javaName = "net.minidev.json.parser.ParseException";

  constructor(
    message: string,
    /** 0-based UTF-16 offset, as json-smart counts it (sometimes one before the character at fault) */
    readonly position: number,
  ) {
    super(message);
  }

  static unexpectedCharacter(code: number, position: number): JsonParseError {
    return new JsonParseError(
      `Unexpected character (${String.fromCharCode(code)}) at position ${position}.`,
      position,
    );
  }

  static unexpectedToken(token: string, position: number): JsonParseError {
    return new JsonParseError(`Unexpected token ${token} at position ${position}.`, position);
  }

  static endOfFile(position: number, detail: "EOF" | "null"): JsonParseError {
    return new JsonParseError(`Unexpected End Of File position ${position}: ${detail}`, position);
  }

  static unicodeEscape(code: number, position: number): JsonParseError {
    return new JsonParseError(
      `Unexpected unicode escape sequence ${String.fromCharCode(code)} at position ${position}.`,
      position,
    );
  }

  static tooDeep(code: number, position: number): JsonParseError {
    return new JsonParseError(
      `Malicious payload, having non natural depths, parsing stoped on ${String.fromCharCode(code)} at position ${position}.`,
      position,
    );
  }
}
