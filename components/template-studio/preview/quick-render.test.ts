import { describe, expect, it } from "vitest";
import { starterSample } from "../sample";
import { QuickRender } from "./quick-render";

const sample = starterSample();
const ask = (quick: QuickRender, template: string, of = sample) =>
  quick.answer({ id: 1, template, sample: of, isPretty: false });

describe("a render on the page's thread", () => {
  it("is done once a render of that sample was quick", () => {
    const quick = new QuickRender(() => 0);
    expect(ask(quick, "a")).toBeNull();
    quick.note(3, sample);
    expect(ask(quick, "$input.path('$.name')")).toMatchObject({ text: "Rex" });
    expect(ask(quick, "a", { ...sample })).toBeNull();
    for (const ms of [9, 30, 10]) quick.note(ms, sample);
    expect(ask(quick, "a")).not.toBeNull();
    quick.note(9, sample);
    expect(ask(quick, "a")).toBeNull();
  });

  it("is rehearsed until the engine is quick, and no longer where it never is", () => {
    let ms = 5;
    let now = 0;
    const quick = new QuickRender(() => {
      now += ms;
      return now;
    });
    quick.note(100, sample);
    let count = 1;
    while (quick.rehearse({ template: "$input.path('$.name')", sample })) count++;
    expect(count).toBe(40);
    expect(ask(quick, "a")).not.toBeNull();

    const other = { ...sample };
    expect(quick.rehearse({ template: "a", sample: other })).toBe(false);
    quick.note(100, other);
    ms = 60;
    count = 1;
    while (quick.rehearse({ template: "a", sample: other })) count++;
    expect(count).toBe(3);
    expect(ask(quick, "a", other)).toBeNull();
    expect(quick.rehearse({ template: "#if(", sample: other })).toBe(false);
  });

  it("tells a template's mistakes with what helps", () => {
    const quick = new QuickRender(() => 0);
    quick.note(1, sample);
    expect(ask(quick, "#if($a = 1)x#end")?.error).toMatchObject({ line: 1, remedy: /==/ });
  });

  it("ends after a few milliseconds, and leaves that template to the worker", () => {
    let now = 0;
    const quick = new QuickRender(() => now++);
    quick.note(1, sample);
    const slow = "#foreach($i in [1..1000])#foreach($j in [1..1000])#set($k = $j)#end#end";
    expect(ask(quick, slow)).toBeNull();
    expect(ask(quick, "a")).toBeNull();
    expect(now).toBeLessThan(100);
  });
});
