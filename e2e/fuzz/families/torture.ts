import type { Family, FuzzInput } from "../fuzz-case";
import type { Random } from "../random";
import { expression, reference, withData, withSetups } from "../values";
import { realisticTemplate } from "./realistic";
import { template } from "./templates";

const TOKENS = [
  ..."# $ ( ) [ ] { } \" ' \\ ! = < > + - * / % & | . , : ; @ ? ~ ^ ` _".split(" "),
  ..."#if #if( #elseif( #else #{else} #end #{end} #set( #set($q = #foreach( #foreach($i #define( #define($d) #stop #break #macro( #macro(m #literal() #[[ ]]# #* *# #** ## #@ #{ #{if #foo #foo( #evaluate( #parse( #include( #foreach($i\u0020in\u0020[1,2])".split(
    " ",
  ),
  ..."$n $s $m $l $u $! ${ $!{ ${n} ${n $n. $m.k $m.k( $l[ $l[0] $l[0 $s.length() $s.length( $n.x( $i $foreach.index $input.path('$.i') $true $false $null \\$n \\\\$n \\$u \\#if \\#end \\\\#set".split(
    " ",
  ),
  ..."0 1 -1 1.5 .5 5. 1e3 1e 1..3 [1..3] .. true false null in and or not eq ne lt gt le ge == != <= >= && || 1L 0x1 \"a\" 'b' \"\" '' \"$n\" '$n' \"a b' [] {} {'a':1} [1,2] (1) a bc é 😀".split(
    " ",
  ),
  " ",
  " ",
  "\n",
  "\t",
  "\r\n",
  "\r",
  "  ",
  "\u00a0",
  "\u0000",
  "\u2028",
  "\ufeff",
];

const setups = "#set($n = 1)#set($s = 'S')#set($m = {'k':'v'})#set($l = [7])";

function soup(random: Random): FuzzInput {
  return withData(
    `${random.chance(0.5) ? setups : ""}${random.many(1, 14, () => random.pick(TOKENS)).join("")}`,
  );
}

/** A correct template with a few edits of the kind a slip of the keyboard makes. */
function mutated(random: Random, source: string): string {
  const pieces = source.match(/#\w+|\w+|\s+|[\s\S]/g) ?? [];
  const edits = 1 + random.below(3);
  for (let i = 0; i < edits; i++) {
    const at = random.below(pieces.length + 1);
    random.one(
      () => pieces.splice(at, 1),
      () => pieces.splice(at, 1),
      () => pieces.splice(at, 1 + random.below(4)),
      () => pieces.splice(at, 0, random.pick(TOKENS)),
      () => pieces.splice(at, 0, random.pick(TOKENS)),
      () => pieces.splice(at, 1, random.pick(TOKENS)),
      () => pieces.splice(at, 0, ...pieces.slice(at, at + 3)),
      () => pieces.splice(random.below(pieces.length + 1)),
    );
  }
  return pieces.join("");
}

/** Expressions with a token too many, too few or in the wrong place. */
function brokenExpression(random: Random): string {
  const source = mutated(random, expression(random, 2));
  return random.pick([
    `#set($q = ${source})[$!q]`,
    `#if(${source})T#end`,
    `#foreach($i in ${source})$i#end`,
    `$s.equals(${source})`,
    `$l[${source}]`,
    `#set($q = [${source}])$q`,
    `x\n\t${"  "}#elseif(${source})`,
    `#foo(${source})`,
    `#set($q = "${source}")$q`,
  ]);
}

export const tortureFamilies: readonly Family[] = [
  { name: "token-soup", generate: soup },
  {
    name: "mutated-template",
    generate: (random) => {
      const made = withSetups(template(random, 2));
      return { ...made, template: mutated(random, made.template) };
    },
  },
  { name: "broken-expression", generate: (random) => withSetups(brokenExpression(random)) },
  {
    name: "mutated-realistic",
    generate: (random) => {
      const made = realisticTemplate(random);
      return { ...made, template: mutated(random, made.template) };
    },
  },
  {
    name: "escapes",
    generate: (random) =>
      withSetups(
        random
          .many(
            1,
            5,
            () =>
              `${random.pick(["", "\\", "\\\\", "\\\\\\", " ", "\n"])}${random.pick(["$n", "$u", "$!u", "${n}", "$m.k", "$u.x", "#if(true)", "#end", "#set($q = 1)", "#foo", "#foo()", "#{end}", "#{if}", "#else", "#foreach($i in $l)", "#stop", "#macro(m)", "$!{u}", "$", "#", "$\\n", "#[[a]]#", "##c", "#*c*#", "$s.length()", "$u.f()", "#define($d)", "#literal()", "#evaluate('x')", "#break", "#@foo", "$n.zz", "$l[0]"])}${random.pick(["", "", "x", " ", "\n", "\\"])}`,
          )
          .join(""),
      ),
  },
  {
    name: "operators-without-spaces",
    generate: (random) =>
      withSetups(
        `#set($q=${random.many(1, 4, () => `${random.pick(["1", "-1", "$n", "1.5", "$m.k", "$l[0]", "'a'", "true", "$s.length()", "(1)", "-$n", "!$t", "$n-", "${n}", reference(random)])}`).join(random.pick(["-", "+", "*", "/", "%", "==", "<", ">", "&&", "||", "!=", "-", " -", "- ", "eq", " and"]))})[$!q]`,
      ),
  },
];
