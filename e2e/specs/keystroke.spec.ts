import { expect, test } from "@playwright/test";
import { compileTemplate, contextFromRecord } from "@/server/vtl";
import { largeBody, largeTemplate } from "../fixtures/large-template";
import { openApiWithTemplate } from "../fixtures/template-api";
import { keystrokeClock, summaryOf } from "../pages/parts/keystroke-clock";
import { studioPage } from "../pages/studio-page";

/** Valid VTL after every key, with references that are completed while they are typed. */
const TYPED =
  "Plain words, and then $context.stage of the day; $context.httpMethod too. " +
  "0123456789 more of it: $root.customer.name in $root.customer.city - end";

/** Typed before: a page that was loaded a second ago is still being compiled by the browser. */
const LEAD_IN = "First some words of $context.path, and of $root.customer.city; then - ";

/** A few characters around the first place where two texts differ: the texts are too long to be shown. */
function firstDifference(is: string | null, wanted: string): [is: string, wanted: string] | null {
  if (is === wanted) return null;
  const text = is ?? "";
  let at = 0;
  while (at < text.length && text[at] === wanted[at]) at++;
  return [text.slice(at - 40, at + 40), wanted.slice(at - 40, at + 40)];
}

// The recorder of traces films the page, which costs more than what is measured here.
test.use({ trace: "off" });

test("the output follows every key typed into a large template on a large sample", async ({ page }) => {
  test.setTimeout(90_000);
  const body = largeBody();
  await openApiWithTemplate(page, largeTemplate.text());
  const studio = studioPage(page);
  const outputOf = (typed: string) =>
    compileTemplate(largeTemplate.text(typed)).render({
      input: { body, path: {}, query: {}, headers: { "Content-Type": "application/json" } },
      context: contextFromRecord({ path: "/dev/orders", stage: "dev", httpMethod: "GET" }),
      stageVariables: {},
    }).output;
  expect(largeTemplate.text().split("\n")).toHaveLength(200);
  const difference = async (typed: string) => firstDifference(await studio.outputText(), outputOf(typed));
  await expect(async () => {
    await studio.sampleBody.paste(body);
    await expect.poll(() => difference("")).toBeNull();
  }).toPass();

  await studio.template.goTo(largeTemplate.place);
  const whole = LEAD_IN + TYPED;
  const clock = await keystrokeClock(page, studio.output);
  await page.keyboard.type(whole, { delay: 100 });
  await expect.poll(() => difference(whole)).toBeNull();

  const seen = await clock.read();
  expect(seen.times).toHaveLength(whole.length);
  const wanted = new Set(Array.from(whole, (_, index) => outputOf(whole.slice(0, index + 1))));
  for (const text of seen.texts) expect(wanted.has(text)).toBe(true);
  const summary = `${summaryOf(seen.times.slice(LEAD_IN.length))} (the first ${summaryOf(seen.times.slice(0, LEAD_IN.length))})`;
  console.log(summary);
  test.info().annotations.push({ type: "keystroke to output", description: summary });
});
