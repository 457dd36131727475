import { described } from "@/server/vtl/bindings/binding-entry";
import { utilMembers } from "@/server/vtl/bindings/util/util-members";
import { javaClass } from "@/server/vtl/values/java-class";
import { TemplateObject } from "@/server/vtl/values/java-objects";
import { objectMethods } from "@/server/vtl/values/object-methods";

const utilClass = javaClass("oracle.Vars$Util", "Util", described(utilMembers), objectMethods);

class UtilBinding extends TemplateObject {
  readonly javaClass = utilClass;
  toText(): string {
    return "{}";
  }
}

/** `$util`. It has no state, so one serves all renders. */
export const utilBinding = new UtilBinding();
