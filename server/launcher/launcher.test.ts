import { describe, expect, it } from "vitest";
import { localUrl, publicUrl } from "@/server/launcher/addresses";
import { createProgress } from "@/server/launcher/progress";
import { createShutdown } from "@/server/launcher/shutdown";
import { welcomeText } from "@/server/launcher/welcome";

describe("progress", () => {
  it("shows each step with its time, a failed one with a cross, and passes on result and error", async () => {
    let output = "";
    const progress = createProgress({ write: (text) => (output += text) });
    expect(await progress.step("first", () => 42)).toBe(42);
    await expect(progress.step("second", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(output).toMatch(/^ {2}✓ first +\d+\.\d s\n {2}✗ second +\d+\.\d s\n$/);
  });
});

describe("the end of an instance", () => {
  it("undoes in the opposite order, once, and goes on when an undo fails", async () => {
    const done: string[] = [];
    const shutdown = createShutdown((code) => done.push(`exit ${code}`));
    await shutdown.open(
      () => 1,
      () => void done.push("first"),
    );
    await shutdown.open(
      () => 2,
      () => Promise.reject(new Error("stuck")),
    );
    await shutdown.open(
      () => 3,
      () => void done.push("third"),
    );
    await Promise.all([shutdown.run(0), shutdown.run(1)]);
    expect(done).toEqual(["third", "first", "exit 0"]);
  });

  it("waits for what is just being opened, and undoes it too", async () => {
    const done: string[] = [];
    const shutdown = createShutdown(() => done.push("exit"));
    let finish = (_value: string) => {};
    const opening = shutdown.open(
      () => new Promise<string>((resolve) => (finish = resolve)),
      (value) => void done.push(value),
    );
    const ended = shutdown.run(0);
    finish("late");
    await Promise.all([opening, ended]);
    expect(done).toEqual(["late", "exit"]);
  });
});

describe("what stands at the end of a start", () => {
  const input = {
    consoleUrl: "http://localhost:3000",
    gatewayUrl: "http://localhost:8080",
    dataDir: "/data",
    sampleKey: "sample123",
    elapsed: "2.0 s",
  };

  it("is how to make the owner, or whom to sign in as", () => {
    expect(welcomeText({ ...input, seed: { needsOwner: true, sample: null } })).toContain(
      "create the owner's account",
    );
    const signIn = welcomeText({
      ...input,
      ownerEmail: "o@example.com",
      seed: { needsOwner: false, sample: null },
    });
    expect(signIn).toContain("Sign in to the console as o@example.com.");
  });

  it("is a request that can be copied, only while the sample is there", () => {
    const sample = { apiId: "abc", stageName: "dev", path: "/pets" };
    expect(welcomeText({ ...input, seed: { needsOwner: false, sample } })).toContain(
      "curl -H 'x-api-key: sample123' http://localhost:8080/abc/dev/pets",
    );
    expect(welcomeText({ ...input, seed: { needsOwner: false, sample: null } })).not.toContain("curl");
  });
});

describe("addresses", () => {
  it("are called localhost for people, and reached over the loopback by the launcher", () => {
    expect(publicUrl("127.0.0.1", 3000)).toBe("http://localhost:3000");
    expect(publicUrl("0.0.0.0", 3000)).toBe("http://localhost:3000");
    expect(publicUrl("gate.example.com", 3000)).toBe("http://gate.example.com:3000");
    expect(localUrl("0.0.0.0", 3000)).toBe("http://127.0.0.1:3000");
    expect(localUrl("::1", 3000)).toBe("http://[::1]:3000");
  });
});
