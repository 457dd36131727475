import {
  elseIfApart,
  literalCondition,
  missingIsTrue,
  textCompared,
} from "@/server/vtl/diagnostics/traps/condition-traps";
import { notInApiGateway, uncalledMethod, unknownMember } from "@/server/vtl/diagnostics/traps/member-traps";
import {
  escapedApostrophe,
  printedGroup,
  printedMap,
  quotedJson,
  undefinedReference,
  unquotedText,
} from "@/server/vtl/diagnostics/traps/print-traps";
import type { Trap } from "@/server/vtl/diagnostics/traps/trap";
import {
  appendedNumber,
  bracedTarget,
  loopOverText,
  noResult,
} from "@/server/vtl/diagnostics/traps/value-traps";

/** Every trap that is warned of. Each documents itself, with an example that is run as a test. */
export const traps: readonly Trap[] = [
  missingIsTrue,
  literalCondition,
  textCompared,
  elseIfApart,
  quotedJson,
  unquotedText,
  escapedApostrophe,
  printedMap,
  printedGroup,
  undefinedReference,
  unknownMember,
  uncalledMethod,
  noResult,
  appendedNumber,
  loopOverText,
  bracedTarget,
  notInApiGateway,
];
