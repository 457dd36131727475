import { ServiceError } from "@/server/domain/errors";
import type { StageConfig } from "@/server/gateway/snapshot/stage-config";

type Sides = { source: Pick<StageConfig, "variables">; target: Pick<StageConfig, "variables"> };

/** The target's variables with the named ones of the source. INVALID for one the source does not have. */
export function pickVariables({ source, target }: Sides, names: readonly string[]): Record<string, string> {
  const picked = names.map((name) => {
    if (!Object.hasOwn(source.variables, name)) {
      throw new ServiceError("INVALID", `There is no variable ${name} to copy`, {
        fieldPath: "copyVariables",
      });
    }
    return [name, source.variables[name] as string] as const;
  });
  return { ...target.variables, ...Object.fromEntries(picked) };
}
