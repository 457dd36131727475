import type { Family } from "../fuzz-case";
import { dataFamilies } from "./data";
import { expressionFamilies } from "./expressions";
import { jsonPathFamilies } from "./json-paths";
import { methodFamilies } from "./methods";
import { realisticFamilies } from "./realistic";
import { templateFamilies } from "./templates";
import { textFamilies } from "./texts";
import { tortureFamilies } from "./torture";

export const families: readonly Family[] = [
  ...expressionFamilies,
  ...templateFamilies,
  ...tortureFamilies,
  ...jsonPathFamilies,
  ...dataFamilies,
  ...textFamilies,
  ...methodFamilies,
  ...realisticFamilies,
];
