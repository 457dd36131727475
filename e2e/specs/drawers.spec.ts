import { expect, test } from "@playwright/test";
import { askApi, callApi } from "../fixtures/call-api";
import { beginLook, complaintsOf, lookAt } from "../pages/parts/look-at";
import { usagePlanPage } from "../pages/usage-plan-page";

type Domains = { domains: { certificate: { certificatePem: string } }[] };

test("a domain name is made, mapped and looked at; what cannot be taken back is asked for first", async ({
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const complaints = complaintsOf(page);
  await beginLook(page);
  await page.goto("/domains?new");
  const dialog = page.getByRole("dialog", { name: "New domain name" });
  await dialog.getByLabel("Domain name").fill("pets.example.com");
  await dialog.getByRole("button", { name: "Create domain name" }).click();

  const drawer = page.getByRole("dialog", { name: "pets.example.com" });
  await drawer.getByRole("button", { name: "Map a base path" }).click();
  const mapping = page.getByRole("dialog", { name: "Map a base path" });
  await mapping.getByLabel("Base path").fill("v1");
  await mapping.getByLabel("API", { exact: true }).click();
  await page.getByRole("option", { name: "Pet store" }).click();
  await mapping.getByRole("button", { name: "Add mapping" }).click();
  await expect(drawer.getByText("Pet store › dev")).toBeVisible();
  await expect(drawer.getByText(/^\d+ \w+ 20\d\d, in \d+ days$/)).toBeVisible();
  await lookAt(page, "domain drawer");

  const { domains } = await askApi<Domains>(request, "domainName.list");
  const truststorePem = domains[0]?.certificate.certificatePem;
  await callApi(request, "domainName.setTruststore", { domainName: "pets.example.com", truststorePem });
  await page.reload();
  for (const [name, asked] of [
    ["Turn off…", "Turn off mutual TLS of pets.example.com?"],
    ["Make a self-signed one…", "Replace the certificate of pets.example.com by a self-signed one?"],
  ] as const) {
    await beginLook(page);
    await drawer.getByRole("button", { name }).click();
    const question = page.getByRole("dialog", { name: asked });
    await expect(question.getByRole("button", { name: "Cancel" })).toBeVisible();
    await lookAt(page, `domain ${name.replace("…", "")}`);
    await question.getByRole("button", { name: "Cancel" }).click();
  }

  await beginLook(page);
  const question = page.getByRole("dialog", { name: "Delete pets.example.com?" });
  const button = question.getByRole("button", { name: "Delete the domain name" });
  await drawer.getByRole("button", { name: "Delete…" }).click();
  await question.getByLabel("Type pets.example.com to confirm").fill("pets.example.com");
  await expect(button).toBeEnabled();
  await question.getByRole("button", { name: "Cancel" }).click();
  await drawer.getByRole("button", { name: "Delete…" }).click();
  await expect(button).toBeDisabled();
  await question.getByLabel("Type pets.example.com to confirm").fill("pets.example.com");
  await button.click();
  await expect(page.getByText("No domain names")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("before a quota is saved the plan tells what it would have done; a key tells what it can call", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const complaints = complaintsOf(page);
  await beginLook(page);
  const plans = usagePlanPage(page);
  await plans.create("Tried out", { quota: 100, rate: 5, burst: 5 });
  const planUrl = page.url();
  await plans.addStage("Pet store / dev");
  await plans.issueKey("a client to look at");
  const drawer = page.getByRole("dialog", { name: "a client to look at" });
  await expect(drawer.getByText("Yes, it can call")).toBeVisible();
  await lookAt(page, "key drawer");

  await beginLook(page);
  await page.goto(planUrl);
  await page.getByLabel("Quota", { exact: true }).and(page.locator("input")).fill("2");
  await expect(page.getByText("The plan's only key would not have been refused")).toBeVisible();
  await lookAt(page, "what if");
  expect(complaints).toEqual([]);
});
