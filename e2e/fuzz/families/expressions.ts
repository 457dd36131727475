import type { Family } from "../fuzz-case";
import type { Random } from "../random";
import { expression, OPERATORS, reference, value, withSetups } from "../values";

const ARITHMETIC = ["+", "-", "*", "/", "%"];
const COMPARISONS = ["==", "!=", "<", ">", "<=", ">="];

const shown = (assigned: string): string => `#set($r = ${assigned})[$!r]#if($r)T#{else}F#end`;

function arithmetic(random: Random): string {
  const chain = [
    value(random, 0),
    ...random.many(1, 3, () => `${random.pick(ARITHMETIC)} ${value(random, 0)}`),
  ];
  const text = chain.join(" ");
  return `#set($r = ${text})[$!r]${random.pick(["", " $r.class.name", "#set($q = $r + 1)$!q", "#set($q = $r * 2.5)$!q"])}`;
}

function comparison(random: Random): string {
  return `#if(${value(random)} ${random.pick(COMPARISONS)} ${value(random)})T#{else}F#end`;
}

function truth(random: Random): string {
  return `#if(${expression(random, 2)})T#elseif(${expression(random, 1)})E#{else}F#end`;
}

function method(random: Random): string {
  return `#set($p = ${value(random)})[$p]${random.pick(["$p.class.name", "$p.toString()", '#set($q = "$p")$q', "#set($q = [$p])$q", '#set($q = {"k": $p})$q', `$p.equals(${value(random)})`, "$p.hashCode()", `#set($q = $p ${random.pick(OPERATORS)} ${value(random)})$!q`, "#foreach($i in $p)<$i>#end"])}`;
}

const family = (name: string, make: (random: Random) => string): Family => ({
  name,
  generate: (random) => withSetups(make(random)),
});

export const expressionFamilies: readonly Family[] = [
  family("arithmetic", arithmetic),
  family("comparison", comparison),
  family("truth", truth),
  family("expression", (random) => shown(expression(random, 3))),
  family("value", method),
  family("assignment", (random) => {
    const target = random.one(
      () =>
        `${reference(random)}${random.pick([".k", ".value", ".x.y", "[0]", "['k']", "[-1]", "[9]", "[$n]", ".get('k').z", "['a']['b']", ".n.q"])}`,
      () =>
        random.pick([
          "$q",
          "${q}",
          "$!q",
          "$m.new",
          "$m['new']",
          "$j.o.x",
          "$j.arr[0]",
          "$context.requestOverride.header.a",
          "$context.responseOverride.status",
          "$input.x",
          "$util.x",
          "$foreach.x",
          "$stageVariables.k",
        ]),
    );
    const root = /\w+/.exec(target)?.[0] ?? "q";
    return `#set(${target} = ${expression(random, 1)})[$!${root}][${target}]`;
  }),
];
