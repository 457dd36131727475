import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const percent = (value: number): string => `${number.format(value)} %`;
export const milliseconds = (value: number | null): string =>
  value === null ? "–" : `${number.format(value)} ms`;
export const count = (value: number): string => number.format(value);

/** Where an axis from 0 ends that shows `most`: a round number whose half is round, too. */
export function axisTop(most: number): number {
  const unit = 10 ** Math.floor(Math.log10(most));
  const steps = [1, 2, 4, 6, 8].find((step) => step * unit >= most);
  return (steps ?? 10) * unit;
}

/** Who stays on one side, in words. */
export function stickyWords(sticky: CanarySettings["sticky"]): string {
  if (sticky === null) return "Each request by chance, as at AWS";
  if (sticky.by === "api-key") return "Who has the same API key stays on one side";
  return `Who sends the same ${sticky.by} ${sticky.name} stays on one side`;
}

export type OverrideState = "same" | "changed" | "new";

/** A canary's variables against its stage's: what it keeps, what it sees otherwise, what only it has. */
export function overrideRows(
  variables: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>>,
): { name: string; stageValue: string | null; value: string; state: OverrideState }[] {
  const names = [...Object.keys(variables), ...Object.keys(overrides).filter((n) => !(n in variables))];
  return names.map((name) => {
    const stageValue = variables[name] ?? null;
    const value = overrides[name] ?? stageValue ?? "";
    const state = stageValue === null ? "new" : value === stageValue ? "same" : "changed";
    return { name, stageValue, value, state };
  });
}
