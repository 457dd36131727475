import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

// The rules of ARCHITECTURE.md that neither the compiler nor the linter nor dependency-cruiser checks.

const ROOT = path.resolve(import.meta.dirname, "..");
const SOURCE_ROOTS = ["app", "components", "server", "e2e", "scripts", "bin"];
const SKIPPED = new Set(["node_modules", "generated", "test-results"]);

const LIMITS = {
  fileLines: 400,
  medianFileLines: 90,
  p95FileLines: 300,
  functionLines: 100,
  componentLines: 150,
  p95FunctionLines: 60,
  parameters: 3,
  /** Where a call is made per request or per node of a template, an object for each would cost more than it explains. */
  hotPathParameters: 4,
  folderEntries: 25,
  pageLines: 40,
  readmeLines: 40,
};

/** Packages that are entered by one file only; any other index.ts must hold more than re-exports. */
const FRONT_DOORS = ["server/vtl/index.ts"];
/** Frameworks that want a default export. */
const DEFAULT_EXPORTS = [
  /^app\//,
  /^e2e\/fixtures\/start-stack\.ts$/,
  /^server\/testing\/postgres-setup\.ts$/,
];
const FORBIDDEN_WORDS = /(^|[-.])(utils?|helpers?|common|misc|lib|shared|manager)([-.]|$)/i;
// Next's (group), [param], [...rest] and @slot are names of URLs, and Next's own file names are kebab-case too.
const NAME =
  /^(\([a-z0-9-]+\)|\[(\.\.\.)?[a-zA-Z0-9]+\]|@?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*|README\.md)$/;
const PURE = /^server\/(toolkit|vtl|gateway|domain)\//;
const HOT_PATH = /^server\/(toolkit|vtl|gateway|adapters|dataplane)\//;
const IS_TEST = /\.test\.tsx?$|^server\/testing\/|^e2e\//;

type Folder = { name: string; entries: string[] };
const folders: Folder[] = [];
const files: string[] = [];

function walk(folder: string) {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true }).filter(
    ({ name }) => !SKIPPED.has(name),
  );
  folders.push({ name: folder, entries: entries.map(({ name }) => name) });
  for (const entry of entries) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(file);
    else files.push(file);
  }
}
for (const root of SOURCE_ROOTS) walk(root);

const read = (file: string) => readFileSync(path.join(ROOT, file), "utf8");
const countLines = (text: string) => text.replace(/\n$/, "").split("\n").length;
const code = files.filter((file) => /\.(tsx?|mjs)$/.test(file));
const isData = (name: string) => name.split("/").includes("cases");
const sources = code.map((file) => {
  const text = read(file);
  const tree = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  return { file, lines: countLines(text), tree };
});

type FunctionFact = { where: string; file: string; lines: number; parameters: number };

function functionsOf({ file, tree }: (typeof sources)[number]): FunctionFact[] {
  const found: FunctionFact[] = [];
  const lineOf = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const line = lineOf(node.getStart());
      found.push({
        where: `${file}:${line + 1}`,
        file,
        lines: lineOf(node.end) - line + 1,
        parameters: node.parameters.length,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
const functions = sources.filter(({ file }) => !IS_TEST.test(file)).flatMap(functionsOf);

function quantile(numbers: number[], share: number) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

describe("sizes", () => {
  it("keep every file under the hard limit", () => {
    const tooLong = sources
      .filter(({ lines }) => lines > LIMITS.fileLines)
      .map(({ file, lines }) => `${file}: ${lines}`);
    expect(tooLong).toEqual([]);
  });

  it("keep the usual file short", () => {
    const lines = sources.filter(({ file }) => !IS_TEST.test(file)).map((source) => source.lines);
    expect(quantile(lines, 0.5)).toBeLessThanOrEqual(LIMITS.medianFileLines);
    expect(quantile(lines, 0.95)).toBeLessThanOrEqual(LIMITS.p95FileLines);
  });

  it("keep functions short, components a little longer", () => {
    const limit = (file: string) => (file.endsWith(".tsx") ? LIMITS.componentLines : LIMITS.functionLines);
    const tooLong = functions
      .filter(({ file, lines }) => lines > limit(file))
      .map(({ where, lines }) => `${where}: ${lines}`);
    expect(tooLong).toEqual([]);
    expect(
      quantile(
        functions.map(({ lines }) => lines),
        0.95,
      ),
    ).toBeLessThanOrEqual(LIMITS.p95FunctionLines);
  });

  it("allow at most three parameters, one more on the hot path", () => {
    const limit = (file: string) => (HOT_PATH.test(file) ? LIMITS.hotPathParameters : LIMITS.parameters);
    const tooMany = functions.filter(({ file, parameters }) => parameters > limit(file));
    expect(tooMany.map(({ where, parameters }) => `${where}: ${parameters}`)).toEqual([]);
  });

  it("keep folders small", () => {
    const tooFull = folders.filter(
      ({ name, entries }) => !isData(name) && entries.length > LIMITS.folderEntries,
    );
    expect(tooFull.map(({ name, entries }) => `${name}: ${entries.length}`)).toEqual([]);
  });

  it("keep pages to loading data and rendering one screen", () => {
    const pages = sources.filter(
      ({ file, lines }) => /^app\/.*\/?page\.tsx$/.test(file) && lines > LIMITS.pageLines,
    );
    expect(pages.map(({ file, lines }) => `${file}: ${lines}`)).toEqual([]);
  });
});

describe("names", () => {
  it("are kebab-case", () => {
    const names = folders.flatMap(({ name, entries }) =>
      isData(name) ? [] : entries.map((entry) => `${name}/${entry}`),
    );
    expect(names.filter((name) => !NAME.test(path.basename(name)))).toEqual([]);
  });

  it("say what a file is about, not that it is used in many places", () => {
    const names = folders
      .flatMap(({ name, entries }) => entries.map((entry) => `${name}/${entry}`))
      // AWS calls a template's functions `$util`.
      .filter((name) => !name.startsWith("server/vtl/"));
    expect(names.filter((name) => FORBIDDEN_WORDS.test(path.basename(name)))).toEqual([]);
  });
});

describe("modules", () => {
  it("export by name, except where a framework wants a default", () => {
    const withDefault = sources.filter(
      ({ file, tree }) =>
        !DEFAULT_EXPORTS.some((pattern) => pattern.test(file)) &&
        tree.statements.some(
          (statement) =>
            (ts.isExportAssignment(statement) && !statement.isExportEquals) ||
            (ts.canHaveModifiers(statement) &&
              ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)),
        ),
    );
    expect(withDefault.map(({ file }) => file)).toEqual([]);
  });

  it("are imported where they are, not through an index that only passes on", () => {
    const barrels = sources.filter(
      ({ file, tree }) =>
        path.basename(file).startsWith("index.") &&
        !FRONT_DOORS.includes(file) &&
        tree.statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier),
    );
    expect(barrels.map(({ file }) => file)).toEqual([]);
  });

  it("of the pure folders read no clock and draw no random numbers", () => {
    const impure: string[] = [];
    for (const { file, tree } of sources) {
      if (!PURE.test(file) || IS_TEST.test(file)) continue;
      const visit = (node: ts.Node) => {
        const reads =
          ts.isPropertyAccessExpression(node) &&
          /^(Date\.now|Math\.random|performance\.now)$/.test(node.getText());
        const now =
          ts.isNewExpression(node) &&
          node.expression.getText() === "Date" &&
          (node.arguments ?? []).length === 0;
        if (reads || now)
          impure.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
        ts.forEachChild(node, visit);
      };
      visit(tree);
    }
    expect(impure).toEqual([]);
  });

  it("lie in a folder of server/ that the import rules know", () => {
    const rules: { forbidden: { name: string }[] } = createRequire(import.meta.url)(
      "../.dependency-cruiser.cjs",
    );
    const known = rules.forbidden.map(({ name }) => name);
    const unknown = serverFolders().filter(
      (folder) => folder !== "testing" && !known.includes(`server-${folder}`),
    );
    expect(unknown).toEqual([]);
  });
});

function serverFolders() {
  return readdirSync(path.join(ROOT, "server"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

describe("migrations", () => {
  it("leave transactions to the runner, which gives each its own", () => {
    const migrations = readdirSync(path.join(ROOT, "prisma/migrations"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `prisma/migrations/${name}/migration.sql`);
    const own = /^\s*(begin|commit|rollback|start\s+transaction)(\s+(work|transaction))?\s*;/im;
    expect(migrations.length).toBeGreaterThan(0);
    expect(migrations.filter((file) => own.test(read(file)))).toEqual([]);
  });
});

describe("documents", () => {
  const limits: Record<string, number> = { "README.md": 150, "ARCHITECTURE.md": 250 };
  const documents = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "DECISIONS.md",
    "CHANGELOG.md",
    "SECURITY.md",
  ];
  const readmes = [
    ...serverFolders().map((name) => `server/${name}`),
    "components/designer",
    "components/code-editor",
  ].map((folder) => `${folder}/README.md`);

  it("exist and stay short", () => {
    for (const document of documents) expect(existsSync(path.join(ROOT, document)), document).toBe(true);
    for (const [document, limit] of Object.entries(limits))
      expect(countLines(read(document)), document).toBeLessThanOrEqual(limit);
  });

  it("stand beside the code as a README of at most a screen in each folder", () => {
    const problems = readmes.flatMap((file) => {
      if (!existsSync(path.join(ROOT, file))) return [`${file} is missing`];
      const lines = countLines(read(file));
      return lines > LIMITS.readmeLines ? [`${file}: ${lines} lines`] : [];
    });
    expect(problems).toEqual([]);
  });

  it("name only paths that exist", () => {
    const cited = [...documents, ...readmes]
      .filter((file) => existsSync(path.join(ROOT, file)))
      .flatMap((file) => citedPaths(read(file)).map((target) => ({ file, target })));
    expect(cited.length).toBeGreaterThan(20);
    const missing = cited.filter(({ target }) => !existsSync(path.join(ROOT, target)));
    expect(missing.map(({ file, target }) => `${file}: ${target}`)).toEqual([]);
  });
});

/** Paths from the root in backticks. Patterns and made-up names (`<name>`, `*`, `…`) are not paths. */
function citedPaths(text: string): string[] {
  const roots = [...SOURCE_ROOTS, "prisma", "public", "\\.ci"].join("|");
  return [...text.matchAll(/`([^`\s]+)`/g)]
    .map((match) => match[1] ?? "")
    .filter((target) => new RegExp(`^(${roots})/[^<>*…{}]+$`).test(target))
    .map((target) => target.replace(/:\d+$/, ""));
}
