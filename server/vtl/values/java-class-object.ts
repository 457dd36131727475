import { type JavaClass, type JavaMethod, javaClass } from "@/server/vtl/values/java-class";
import { CallRefused } from "@/server/vtl/values/java-exception";
import { TemplateObject } from "@/server/vtl/values/java-objects";

const ownMethods = javaClass("java.lang.Class", "Class", [
  ["getName(): String", (self: JavaClassObject) => self.described.name],
]).methods;

const described = new WeakMap<JavaClass, JavaClass>();

const withoutOwnMethods = new Set(["Iterator", "ListIterator", "Stream", "IntStream"]);

/** Whether the class has a method only from Object: a class object has that as well, and answers for itself. */
function leavesToObject(target: JavaClass, method: string): boolean {
  if (!["toString", "hashCode", "equals"].includes(method)) return false;
  const isArray = target.wrapped !== null;
  return isArray || withoutOwnMethods.has(target.type) || (target.type === "Entry" && method === "toString");
}

/** The class of a class object: it answers getName() and the static methods of the class it stands for. */
function classOfClass(target: JavaClass): JavaClass {
  const known = described.get(target);
  if (known !== undefined) return known;
  const wrapped = new Map<string, JavaMethod[]>();
  for (const [name, methods] of target.methods) {
    wrapped.set(name, leavesToObject(target, name) ? [...methods] : methods.map(onClassObject));
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

const classObjects = new WeakMap<JavaClass, JavaClassObject>();

/** The class object of a class, of which there is one: classes can be compared. */
export function classObjectOf(target: JavaClass): JavaClassObject {
  const known = classObjects.get(target);
  if (known !== undefined) return known;
  const made = new JavaClassObject(target);
  classObjects.set(target, made);
  return made;
}

/** java.lang.Class, as far as a template may use it. */
class JavaClassObject extends TemplateObject {
  readonly javaClass: JavaClass;
  constructor(readonly described: JavaClass) {
    super();
    this.javaClass = classOfClass(described);
  }

  toText(): string {
    return `class ${this.described.name}`;
  }
}
