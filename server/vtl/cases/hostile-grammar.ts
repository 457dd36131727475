import {
  internalNames,
  members,
  methods,
  numbers,
  roots,
  texts,
  variables,
} from "@/server/vtl/cases/hostile-words";

const DEEPEST = 4;

/** Writes one template, choice by choice. */
class HostileWriter {
  constructor(private readonly choose: (below: number) => number) {}

  template(): string {
    return this.many(4, () => this.statement(0));
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.choose(list.length)] as T;
  }

  /** True once in so many times. */
  private once(times: number): boolean {
    return this.choose(times) === times - 1;
  }

  private many(most: number, write: () => string, separator = ""): string {
    return Array.from({ length: 1 + this.choose(most) }, write).join(separator);
  }

  private statement(depth: number): string {
    switch (this.choose(depth < DEEPEST ? 15 : 8)) {
      case 0:
        return this.pick([
          "text ",
          "\n",
          "{}",
          "#[[ $a ]]#",
          "## rest\n",
          "#* no *#",
          "\\$a",
          "#stop",
          "#break",
        ]);
      case 1:
      case 2:
        return `${this.reference(depth)} `;
      case 3:
        return `#set($${this.pick(variables)} = ${this.expression(depth)})`;
      case 4:
        return `#set($${this.target(depth)} = ${this.expression(depth)})`;
      case 5:
        return `#set($${this.pick(variables)}["${this.name()}"] = ${this.expression(depth)})`;
      case 6:
        return this.growth();
      case 7:
        return `$!${this.pick(variables)}.${this.call(depth)}`;
      case 8:
      case 9:
        return `#if(${this.expression(depth)})${this.block(depth)}#else${this.block(depth)}#end`;
      case 10:
      case 11:
      case 12:
        return `#foreach($${this.pick(variables)} in ${this.collection(depth)})${this.block(depth)}#end`;
      case 13:
        return `#define($${this.pick(variables)})${this.block(depth)}#end`;
      default:
        return `#if("${this.inString(depth)}" == ${this.expression(depth)})${this.block(depth)}#end`;
    }
  }

  private block(depth: number): string {
    return this.many(3, () => this.statement(depth + 1));
  }

  /** What doubles each time it runs. */
  private growth(): string {
    const name = this.pick(variables);
    return this.pick([
      `#set($${name} = "$!${name}x$!${name}")`,
      `#set($${name} = [$${name}, $${name}])`,
      `#set($${name} = {"k": $${name}, "a": $${name}})`,
      `#set($${name} = $${name} * $${name})`,
      `#set($${name} = $${name} + $${name})`,
      `$!${name}.addAll($${name})$!${name}.add($${name})$!${name}.put("k", $${name})`,
      `#set($${name} = $${name}.replaceAll("", "$${name}"))`,
      `#set($context.requestOverride.${this.pick(members)} = $${name})`,
    ]);
  }

  private name(): string {
    return this.once(2) ? this.pick(internalNames) : this.pick(members);
  }

  /** A name that can stand behind a point. */
  private word(): string {
    const name = this.name();
    return /^[A-Za-z]\w*$/.test(name) || this.once(50) ? name : this.pick(members);
  }

  private index(): string {
    switch (this.choose(3)) {
      case 0:
        return this.pick(["0", "-1", "7", "2147483647"]);
      case 1:
        return `'${this.text()}'`;
      default:
        return `$${this.pick(variables)}`;
    }
  }

  private target(depth: number): string {
    const root = this.pick([...variables, ...roots]);
    return this.once(2)
      ? `${root}.${this.word()}`
      : `${root}.${this.word()}${this.step(depth)}[${this.index()}]`;
  }

  private reference(depth: number): string {
    const root = this.once(3) ? this.pick(roots) : this.pick(variables);
    const steps = Array.from({ length: this.choose(4) }, () => this.step(depth)).join("");
    return `${this.pick(["$", "$", "$!"])}${root}${steps}`;
  }

  private step(depth: number): string {
    switch (this.choose(5)) {
      case 0:
        return `.${this.word()}`;
      case 1:
        return `['${this.name()}']`;
      case 2:
        return `[${this.index()}]`;
      default:
        return `.${this.call(depth)}`;
    }
  }

  private call(depth: number): string {
    if (this.once(8)) return `${this.word()}(${this.once(2) ? this.value(depth + 1) : ""})`;
    const { name, parameters } = this.pick(methods);
    return `${name}(${parameters.map((type) => this.argument(type, depth + 1)).join(", ")})`;
  }

  private argument(type: string, depth: number): string {
    if (this.once(6) || depth > DEEPEST) return this.simple();
    if (type === "String" || type === "CharSequence") return `'${this.text()}'`;
    if (/^(int|long|short|byte|double|float)$/.test(type)) return this.pick(numbers);
    return this.value(depth);
  }

  private text(): string {
    return this.once(6) ? this.pick(internalNames) : this.pick(texts).replaceAll("'", "''");
  }

  private simple(): string {
    switch (this.choose(4)) {
      case 0:
        return this.pick(numbers);
      case 1:
        return `'${this.text()}'`;
      case 2:
        return `$${this.pick(variables)}`;
      default:
        return this.pick(["true", "false", "[]", "{}", "$input.path('$')", "$input.body", "[1..50]"]);
    }
  }

  private inString(depth: number): string {
    return this.many(2, () => this.statement(Math.max(depth + 1, DEEPEST - 1))).replaceAll('"', '""');
  }

  /** What an argument or a member of a list can be. */
  private value(depth: number): string {
    if (depth >= DEEPEST) return this.simple();
    const inner = () => this.value(depth + 1);
    switch (this.choose(9)) {
      case 0:
      case 1:
        return this.simple();
      case 2:
      case 3:
        return this.reference(depth + 1);
      case 4:
        return `[${this.many(3, inner, ", ")}]`;
      case 5:
        return `{"${this.name()}": ${inner()}, ${inner()}: ${inner()}}`;
      case 6:
        return this.range();
      case 7:
        return `"${this.inString(depth)}"`;
      default:
        return this.payload();
    }
  }

  private payload(): string {
    return `$input.${this.pick(["path", "path", "json", "params"])}('${this.text()}')`;
  }

  private range(): string {
    return `[${this.pick(["0", "-3", "$n", "1"])}..${this.pick(["3", "40", "$n", "2147483647"])}]`;
  }

  /** What a loop can walk over. */
  private collection(depth: number): string {
    switch (this.choose(5)) {
      case 0:
        return this.range();
      case 1:
        return `[${this.many(4, () => this.simple(), ", ")}]`;
      case 2:
        return this.reference(depth);
      case 3:
        return `$${this.pick(["l", "m", "a"])}`;
      default:
        return this.payload();
    }
  }

  /** What #set and #if take: operators as well. */
  private expression(depth: number): string {
    if (depth >= DEEPEST || this.choose(3) > 0) return this.value(depth);
    const inner = () => this.expression(depth + 1);
    const operators = ["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"];
    return `(${inner()} ${this.pick(operators)} ${inner()})`;
  }
}

/** Marsaglia's xorshift: choices from a seed, many times faster than drawing each from fast-check. */
function chooserOf(seed: number): (below: number) => number {
  let state = seed || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** A template of the language's own grammar that tries everything at once; one in eight has a hole torn into it. */
export function hostileTemplate(seed: number): string {
  const choose = chooserOf(seed);
  const template = new HostileWriter(choose).template();
  if (choose(8) > 0) return template;
  const at = choose(template.length + 1);
  return template.slice(0, at) + template.slice(at + 1 + choose(4));
}
