/** Objects that every JavaScript value leads to. */
const shared: readonly object[] = [
  ...[
    Object,
    Function,
    Array,
    String,
    Number,
    Boolean,
    BigInt,
    Symbol,
    Map,
    Set,
    RegExp,
    Error,
    Promise,
    Date,
  ],
  ...[Object.prototype, Function.prototype, Array.prototype, String.prototype, Number.prototype],
  ...[Boolean.prototype, BigInt.prototype, Map.prototype, Set.prototype, RegExp.prototype, Error.prototype],
  globalThis,
];

const membersOf = (object: object): readonly PropertyKey[] => Reflect.ownKeys(object);

/** An object of a host with methods on its prototype: reading anything of it but its own data is an escape. */
function hostObject(noted: string[]): object {
  class Host {
    get secret(): string {
      noted.push("a getter of a prototype");
      return "secret";
    }
    run(): string {
      noted.push("a method of a prototype");
      return "secret";
    }
  }
  const data = Object.assign(new Host(), { a: 1, list: [1, { b: "c" }], nested: { k: "v" } });
  return new Proxy(data, {
    get(target, name, receiver) {
      if (!Object.hasOwn(target, name)) noted.push(`${String(name)} of the host's object`);
      return Reflect.get(target, name, receiver);
    },
    set(_target, name) {
      noted.push(`storing ${String(name)} in the host's object`);
      return true;
    },
  });
}

/**
 * Watches for ways out of the engine: touching the host's object beyond its data, a global, or the function from which
 * code is made; and members that shared objects gained or lost. `release` puts everything back.
 */
export function watchEscapes(): { host: object; escapes: () => string[]; release: () => void } {
  const noted: string[] = [];
  const prototypes = shared.map((object) => Object.getPrototypeOf(object));
  const maker = Function.prototype.constructor;
  const note = (what: string, value: unknown) => ({
    configurable: true,
    get: () => {
      noted.push(what);
      return value;
    },
  });
  Object.defineProperty(Function.prototype, "constructor", note("the constructor of functions", maker));
  Object.defineProperty(globalThis, "canary", note("a global", "canary"));
  const before = shared.map((object) => new Set(membersOf(object)));
  return {
    host: hostObject(noted),
    escapes: () => {
      for (const [i, object] of shared.entries()) {
        const names = membersOf(object);
        const known = before[i] as Set<PropertyKey>;
        if (names.length !== known.size || names.some((name) => !known.has(name))) {
          noted.push(`members of ${String(Object.prototype.toString.call(object))}`);
        }
        if (Object.getPrototypeOf(object) !== prototypes[i]) noted.push("a prototype of a shared object");
      }
      return noted;
    },
    release: () => {
      Reflect.deleteProperty(globalThis, "canary");
      Object.defineProperty(Function.prototype, "constructor", {
        value: maker,
        writable: true,
        configurable: true,
      });
    },
  };
}
