import { describe, expect, test } from "vitest";
import { completeTemplate, describeTemplate } from "@/server/vtl";

const around = {
  body: '{"id": 7, "name": "Rex", "owner": {"e-mail": "a@b.c", "city": "Bonn"}, "tags": [{"label": "dog"}], "odd key": null}',
  parameters: ["petId", "limit"],
  stageVariables: ["backend"],
};

/** Labels offered at the bar. */
function labels(marked: string, surroundings = around): string[] {
  const offset = marked.indexOf("|");
  const source = marked.replace("|", "");
  return completeTemplate(source, offset, surroundings).map(({ label }) => label);
}

/** The source after the completion of that label is taken, with its places to fill in as they are. */
function taken(marked: string, label: string): string {
  const offset = marked.indexOf("|");
  const source = marked.replace("|", "");
  const entry = completeTemplate(source, offset, around).find((one) => one.label === label);
  if (!entry) throw new Error(`${label} is not offered`);
  return source.slice(0, entry.start) + entry.insertText.replaceAll("\\$", "$") + source.slice(offset);
}

describe("what is offered", () => {
  test.each([
    ['{"a": $|}', ["$input", "$util", "$context", "$stageVariables"]],
    ["#set($pet = 1)#foreach($tag in [1])$|", ["$foreach", "$tag", "$pet"]],
    ["$input.|", ["body", "json", "path", "params"]],
    ["$util.esc|", ["escapeJavaScript", "base64Encode"]],
    ["$!{context.|", ["requestId", "identity.sourceIp", "responseOverride.status"]],
    ["$context.identity.|", ["sourceIp", "userAgent", "cognitoIdentityId", "clientCert.subjectDN"]],
    ["$context.requestOverride.|", ["header", "path", "querystring"]],
    ["$stageVariables.|", ["backend"]],
    ["$stageVariables.other $stageVariables.|", ["backend", "other"]],
    ["#|", ["#set", "#if", "#foreach", "#end"]],
    ["#set($x = $input.path('$|", [".id", ".name", ".owner", ".tags", '["odd key"]']],
    ['$input.json("$.owner.|', [".city", "['e-mail']"]],
    ["$input.path('$.tags|", [".tags"]],
    ["$input.path('$.tags[|", ["[0]", "[*]"]],
    ["$input.path('$.tags[0].|", [".label"]],
    ["$input.params('|", ["petId", "limit"]],
    ["$input.path('$.name').|", ["length()", "toUpperCase()", "replaceAll(String, String)"]],
    ["#set($root = $input.path('$'))\n$root.|", ["id", "owner", "keySet()", "get(Object)"]],
    ["#set($root = $input.path('$'))$root.owner.|", ["city", "e-mail", "containsKey(Object)"]],
    ["#set($root = $input.path('$'))#foreach($t in $root.tags)$t.|", ["label"]],
    ["#set($root = $input.path('$'))$root.tags[0].label.|", ["startsWith(String)"]],
    ["#set($root = $input.path('$'))$root.tags.get(0).|", ["label"]],
    ["#set($s = 'a')$s.trim().|", ["length()"]],
    ["#set($l = ['a'])$l.|", ["size()", "add(Object)"]],
    ["#set($n = 5)$n.|", ["intValue()"]],
    ["#foreach($i in [1])$foreach.|", ["index", "count", "hasNext", "first", "last", "parent"]],
    ["$input.params().|", ["path", "querystring", "header", "keySet()"]],
    ["$util.urlEncode('a').|", ["length()"]],
  ])("%j", (marked, some) => {
    expect(labels(marked)).toEqual(expect.arrayContaining(some));
  });

  test.each([
    "text|",
    "## $|",
    "$unknown.|",
    "$input.path('$.nowhere').|",
    "$input.path('$.a[?(|",
    "$context.stage.|",
  ])("nothing at %j", (marked) => expect(labels(marked)).toEqual([]));

  test("nothing of a sample that is not JSON", () => {
    expect(labels("$input.path('$.|", { ...around, body: "{" })).toEqual([]);
  });
});

describe("what is written", () => {
  test.each([
    ["$in|", "$input", "$input"],
    ["${in|", "$input.body", "${input.body"],
    ["$!con|", "$context.stage", "$!context.stage"],
    ["$input.pa|", "path", "$input.path('$${1:.name}')"],
    ["$context.identity.so|", "sourceIp", "$context.identity.sourceIp"],
    ["$input.path('$.na|')", ".name", "$input.path('$.name')"],
    ["$input.path('$.o|')", '["odd key"]', "$input.path('$[\"odd key\"]')"],
    ["#fo|", "#foreach", "#foreach($${1:item} in $${2:list})\n$0\n#end"],
    [
      "$input.path('$.name').rep|",
      "replaceAll(String, String)",
      "$input.path('$.name').replaceAll(${1:String}, ${2:String})",
    ],
  ])("%j with %s gives %j", (marked, label, text) => {
    expect(taken(marked, label)).toBe(text);
  });
});

describe("what is explained", () => {
  const describeAt = (marked: string) =>
    describeTemplate(marked.replace("|", ""), marked.indexOf("|"), around);
  test.each([
    ["a $in|put.path('$.name') b", "$input", undefined],
    ["a $input.pa|th('$.name') b", "$input.path(jsonPath)", '"Rex"'],
    ["$input.js|on('$.tags')", "$input.json(jsonPath)", "list of 1"],
    ["$context.identity.source|Ip", "$context.identity.sourceIp", undefined],
    ["${util.urlEn|code('a')}", "$util.urlEncode(text)", undefined],
    ["#fore|ach($i in [1])#end", "#foreach($item in $list) … #end", undefined],
    ["#set($r = $input.path('$'))$r.own|er.city", "$r.owner", '{"e-mail":"a@b.c","city":"Bonn"}'],
  ])("%j", (marked, signature, sample) => {
    const found = describeAt(marked);
    expect(found?.signature).toBe(signature);
    expect(found?.sample).toBe(sample);
  });
  test.each(["te|xt", "$unkn|own.x", "#wor|d"])("nothing at %j", (marked) =>
    expect(describeAt(marked)).toBeNull(),
  );
});
