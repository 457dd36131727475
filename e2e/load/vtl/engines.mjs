/** The engines that run in Node, by the name results have them under. */
const MODULES = {
  gatehouse: "./gatehouse.mjs",
  velocityjs: "./velocityjs.mjs",
  handWritten: "./hand-written.mjs",
};

/** A function that renders a line of the bench file with an engine, or null where the engine has none for it. */
export async function prepare(engine, line) {
  const module = await import(MODULES[engine]);
  return module.prepare(line);
}
