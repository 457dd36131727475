import { JavaDouble } from "@/server/toolkit/java/values";
import { compareNatural, indexOf, listIterator } from "@/server/vtl/values/collections/collection-support";
import {
  type CallEnvironment,
  type JavaClass,
  javaClass,
  type MethodEntry,
} from "@/server/vtl/values/java-class";
import { illegalArgument, JavaException } from "@/server/vtl/values/java-exception";
import { TemplateObject, TypedArray } from "@/server/vtl/values/java-objects";
import { objectMethods } from "@/server/vtl/values/object-methods";

/** java.util.stream.Stream, as far as it can be used without functions. */
export class JavaStream extends TemplateObject {
  readonly javaClass: JavaClass;
  private used = false;

  constructor(
    private readonly items: readonly unknown[],
    readonly kind: "objects" | "numbers" = "objects",
    stage = "head",
  ) {
    super();
    this.javaClass = streamClassOf(kind, stage);
  }

  /** The stream that an operation makes of this one. */
  staged(stage: string, items: readonly unknown[]): JavaStream {
    return new JavaStream(items, this.kind, stage);
  }

  toText(): string {
    return `${this.javaClass.name}@1b6d3586`;
  }

  /** The elements; a stream can be read once. */
  take(): readonly unknown[] {
    if (this.used) {
      throw new JavaException(
        "java.lang.IllegalStateException",
        "stream has already been operated upon or closed",
      );
    }
    this.used = true;
    return this.items;
  }
}

/** java.util.Optional. */
class JavaOptional extends TemplateObject {
  readonly javaClass = optionalClass;
  constructor(
    readonly value: unknown,
    private readonly env: CallEnvironment,
    private readonly name = "Optional",
  ) {
    super();
  }

  toText(): string {
    return this.value === null ? `${this.name}.empty` : `${this.name}[${this.env.toText(this.value)}]`;
  }
}

/** The elements of a stream that is about to be copied. */
function taken(stream: JavaStream, env: CallEnvironment): readonly unknown[] {
  const items = stream.take();
  env.budget.copy(items.length);
  return items;
}

function count(value: bigint): number {
  if (value < 0n) throw illegalArgument(String(value));
  return Number(value);
}

function present(optional: JavaOptional): unknown {
  if (optional.value === null)
    throw new JavaException("java.util.NoSuchElementException", "No value present");
  return optional.value;
}

const optionalMethods: readonly MethodEntry[] = [
  ["get(): Object", (o: JavaOptional) => present(o)],
  ["isPresent(): boolean", (o: JavaOptional) => o.value !== null],
  ["isEmpty(): boolean", (o: JavaOptional) => o.value === null],
  ["orElse(Object): Object", (o: JavaOptional, [other]) => o.value ?? other],
  ["getAsInt(): int", (o: JavaOptional) => present(o)],
  ["getAsDouble(): Object", (o: JavaOptional) => present(o)],
  ["orElseThrow(): Object", (o: JavaOptional) => present(o)],
];

const streamMethods: readonly MethodEntry[] = [
  ["count(): long", (s: JavaStream) => BigInt(s.take().length)],
  ["toArray(): Object[]", (s: JavaStream, _args, env) => TypedArray.containing(taken(s, env), "Object")],
  [
    "distinct(): Stream",
    (s: JavaStream, _args, env) => {
      const items = taken(s, env);
      return s.staged(
        "distinct",
        items.filter((item, i) => indexOf(items, item, env) === i),
      );
    },
  ],
  [
    "sorted(): Stream",
    (s: JavaStream, _args, env) =>
      s.staged(
        "sorted",
        taken(s, env).toSorted((a, b) => compareNatural(a, b, env)),
      ),
  ],
  ["limit(long): Stream", (s: JavaStream, [n], env) => s.staged("slice", taken(s, env).slice(0, count(n)))],
  ["skip(long): Stream", (s: JavaStream, [n], env) => s.staged("slice", taken(s, env).slice(count(n)))],
  ["findFirst(): Optional", (s: JavaStream, _args, env) => new JavaOptional(s.take()[0] ?? null, env)],
  ["findAny(): Optional", (s: JavaStream, _args, env) => new JavaOptional(s.take()[0] ?? null, env)],
  [
    "iterator(): Iterator",
    (s: JavaStream, _args, env) => listIterator([...taken(s, env)], "java.util.Spliterators$1Adapter"),
  ],
  ["isParallel(): boolean", () => false],
];

const numbersOf = (s: JavaStream): readonly number[] => s.take() as readonly number[];

function average(numbers: readonly number[], env: CallEnvironment): JavaOptional {
  const sum = numbers.reduce((total, n) => total + n, 0);
  return new JavaOptional(
    numbers.length === 0 ? null : new JavaDouble(sum / numbers.length),
    env,
    "OptionalDouble",
  );
}

function extreme(
  numbers: readonly number[],
  better: (a: number, b: number) => number,
  env: CallEnvironment,
): JavaOptional {
  return new JavaOptional(
    numbers.length === 0 ? null : numbers.reduce((a, b) => better(a, b)),
    env,
    "OptionalInt",
  );
}

/** What a stream of ints has besides. */
const intStreamMethods: readonly MethodEntry[] = [
  ["sum(): int", (s: JavaStream) => numbersOf(s).reduce((total, n) => (total + n) | 0, 0)],
  ["min(): OptionalInt", (s: JavaStream, _args, env) => extreme(numbersOf(s), Math.min, env)],
  ["max(): OptionalInt", (s: JavaStream, _args, env) => extreme(numbersOf(s), Math.max, env)],
  ["average(): OptionalDouble", (s: JavaStream, _args, env) => average(numbersOf(s), env)],
  ["boxed(): Stream", (s: JavaStream) => new JavaStream(s.take(), "objects", "boxed")],
];

const objectStreamMethods: readonly MethodEntry[] = [
  ["toList(): List", (s: JavaStream, _args, env) => [...taken(s, env)]],
];

/** Classes of Java's streams by what made them. */
const classNames: Readonly<Record<JavaStream["kind"], Readonly<Record<string, string>>>> = {
  objects: {
    head: "ReferencePipeline$Head",
    slice: "SliceOps$1",
    sorted: "SortedOps$OfRef",
    distinct: "DistinctOps$1",
    boxed: "IntPipeline$1",
  },
  numbers: {
    head: "IntPipeline$Head",
    slice: "SliceOps$2",
    sorted: "SortedOps$OfInt",
    distinct: "ReferencePipeline$4",
  },
};
const streamClasses = new Map<string, JavaClass>();

function streamClassOf(kind: JavaStream["kind"], stage: string): JavaClass {
  const name = `java.util.stream.${classNames[kind][stage]}`;
  const known = streamClasses.get(name);
  if (known !== undefined) return known;
  const made =
    kind === "objects"
      ? javaClass(name, "Stream", objectStreamMethods, streamMethods, objectMethods)
      : javaClass(name, "IntStream", intStreamMethods, streamMethods, objectMethods);
  streamClasses.set(name, made);
  return made;
}

const optionalClass = javaClass("java.util.Optional", "Optional", optionalMethods, objectMethods);
