import { breakDirective } from "@/server/vtl/directives/break";
import { define } from "@/server/vtl/directives/define";
import type { Directive } from "@/server/vtl/directives/directive";
import { foreach } from "@/server/vtl/directives/foreach";
import { literal } from "@/server/vtl/directives/literal";
import { macro } from "@/server/vtl/directives/macro";
import { stop } from "@/server/vtl/directives/stop";

/** Every directive but those that belong to the grammar (#if, #set). Names must stand in directive-names.ts too. */
export const directives: readonly Directive[] = [foreach, define, breakDirective, stop, literal, macro];
