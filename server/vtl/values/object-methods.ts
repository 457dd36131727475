import type { MethodEntry } from "@/server/vtl/values/java-class";
import { classObjectOf } from "@/server/vtl/values/java-class-object";
import { javaEquals, javaHash } from "@/server/vtl/values/java-equality";
import { JavaException } from "@/server/vtl/values/java-exception";

/** What every object answers. */
export const objectMethods: readonly MethodEntry[] = [
  ["getClass(): Class", (self, _args, env) => classObjectOf(env.classOf(self))],
  ["equals(Object): boolean", (self, [other], env) => javaEquals(self, other, env.budget)],
  ["hashCode(): int", (self, _args, env) => javaHash(self, env.budget)],
  ["toString(): String", (self, _args, env) => env.toText(self)],
  [
    "notifyAll(): void",
    () => {
      throw new JavaException("java.lang.IllegalMonitorStateException", "current thread is not owner");
    },
  ],
];
