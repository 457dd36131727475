import { type JavaClass, type JavaMethod, javaClass } from "@/server/vtl/values/java-class";
import { CallRefused } from "@/server/vtl/values/java-exception";
import { TemplateObject } from "@/server/vtl/values/java-objects";

const ownMethods = javaClass("java.lang.Class", "Class", [
  ["getName(): String", (self: JavaClassObject) => self.described.name],
]).methods;

const described = new WeakMap<JavaClass, JavaClass>();

/** The class of a class object: it answers getName() and the static methods of the class it stands for. */
function classOfClass(target: JavaClass): JavaClass {
  const known = described.get(target);
  if (known !== undefined) return known;
  const wrapped = new Map<string, JavaMethod[]>();
  // An array's class has no methods but those of Object, which a class object has too.
  const isArray = target.wrapped !== null;
  for (const [name, methods] of target.methods) {
    wrapped.set(name, isArray ? [...methods] : methods.map(onClassObject));
  }
  const made: JavaClass = { name: "java.lang.Class", type: "Class", methods: ownMethods, wrapped };
  described.set(target, made);
  return made;
}

function onClassObject(method: JavaMethod): JavaMethod {
  if (method.isStatic || method.name === "getClass") return method;
  const invoke = (): never => {
    throw new CallRefused("object is not an instance of declaring class");
  };
  return { ...method, invoke };
}

/** java.lang.Class, as far as a template may use it. */
export class JavaClassObject extends TemplateObject {
  readonly javaClass: JavaClass;
  constructor(readonly described: JavaClass) {
    super();
    this.javaClass = classOfClass(described);
  }

  toText(): string {
    return `class ${this.described.name}`;
  }
}
