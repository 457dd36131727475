import { encodeBase64 } from "@/server/toolkit/base64";
import { textFromUtf8 } from "@/server/toolkit/utf8";
import type { BindingMember } from "@/server/vtl/bindings/binding-entry";
import { parsePayload } from "@/server/vtl/bindings/payload";
import {
  decodeBase64Leniently,
  escapeJavaScript,
  javaBytes,
  urlDecode,
  urlEncode,
} from "@/server/vtl/bindings/util/text-codecs";
import type { Budget } from "@/server/vtl/values/budget";
import type { CallEnvironment, MethodBody } from "@/server/vtl/values/java-class";

type Convert = (text: string, budget: Budget) => unknown;

/** A function from text to text; null gives null, and the result may not outgrow the output. */
function onText(convert: Convert): MethodBody {
  return (_util, args: (string | null)[], env: CallEnvironment) => {
    const text = args[0];
    if (text === null || text === undefined) return null;
    const result = convert(text, env.budget);
    if (typeof result === "string") env.budget.checkText(result.length);
    return result;
  };
}

const member = (
  name: string,
  convert: Convert,
  words: { documentation: string; examples: BindingMember["examples"]; returns?: string },
): BindingMember => ({
  method: [`${name}(String): ${words.returns ?? "String"}`, onText(convert)],
  label: name,
  kind: "function",
  signature: `$util.${name}(text)`,
  documentation: words.documentation,
  insertText: `${name}($1)`,
  examples: words.examples,
});

/** What a template can call on `$util`. One entry is all a new function needs. */
export const utilMembers: readonly BindingMember[] = [
  member("escapeJavaScript", escapeJavaScript, {
    documentation:
      'Escapes text for a JavaScript string. It writes \\\' for an apostrophe, which JSON does not allow: append .replaceAll("\\\\\'","\'") when the result goes into JSON.',
    examples: [{ template: `$util.escapeJavaScript('a"b/é')`, output: 'a\\"b\\/\\u00E9' }],
  }),
  member("parseJson", parsePayload, {
    documentation: "Parses JSON text into an object.",
    examples: [{ template: `$util.parseJson('{"a":[1,2]}').a[1]`, output: "2" }],
    returns: "Object",
  }),
  member("urlEncode", urlEncode, {
    documentation: "Encodes text as application/x-www-form-urlencoded (a space becomes +).",
    examples: [{ template: "$util.urlEncode('a b&c')", output: "a+b%26c" }],
  }),
  member("urlDecode", urlDecode, {
    documentation: "Decodes application/x-www-form-urlencoded text.",
    examples: [{ template: "$util.urlDecode('a+b%26c')", output: "a b&c" }],
  }),
  member("base64Encode", (text) => encodeBase64(javaBytes(text)), {
    documentation: "The text's UTF-8 bytes in Base64.",
    examples: [{ template: "$util.base64Encode('hé')", output: "aMOp" }],
  }),
  member("base64Decode", (text) => textFromUtf8(decodeBase64Leniently(text)), {
    documentation: "The UTF-8 text that was encoded in Base64.",
    examples: [{ template: "$util.base64Decode('aMOp')", output: "hé" }],
  }),
];
