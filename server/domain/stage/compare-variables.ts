/** A stage variable on the stage that is promoted from (`source`) and the one promoted to; null where it is not. */
export type VariableDifference = {
  readonly name: string;
  readonly source: string | null;
  readonly target: string | null;
  readonly state: "missing" | "different" | "only-target" | "same";
};

type Variables = Readonly<Record<string, string>>;

const ORDER = { missing: 0, different: 1, "only-target": 2, same: 3 } as const;

/** Two stages' variables side by side: what the target lacks first, then what differs, then the rest by name. */
export function compareVariables(source: Variables, target: Variables): VariableDifference[] {
  const valueIn = (variables: Variables, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] as string) : null;
  return [...new Set([...Object.keys(source), ...Object.keys(target)])]
    .map((name): VariableDifference => {
      const pair = { name, source: valueIn(source, name), target: valueIn(target, name) };
      return { ...pair, state: stateOf(pair) };
    })
    .sort((a, b) => ORDER[a.state] - ORDER[b.state] || (a.name < b.name ? -1 : 1));
}

function stateOf({
  source,
  target,
}: Pick<VariableDifference, "source" | "target">): VariableDifference["state"] {
  if (target === null) return "missing";
  if (source === null) return "only-target";
  return source === target ? "same" : "different";
}
