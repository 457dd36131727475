import type { MethodEntry } from "@/server/vtl/values/java-class";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";

/** compareTo(Object) of a comparable class: reached only with null or an object of another class, and fails. */
export const compareBridge: MethodEntry = [
  "compareTo(Object): int",
  (self, [other], env) => {
    if (other === null) throw nullPointer("other");
    const names = [other, self].map((value) => env.classOf(value).name);
    throw new JavaException(
      "java.lang.ClassCastException",
      `class ${names[0]} cannot be cast to class ${names[1]}`,
    );
  },
];
