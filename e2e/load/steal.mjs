// On a virtual machine the host may give the cores to others for a while. What it took is in /proc/stat; rounds it took part
// in compare two servers that were not given the same machine, and are measured again.
import { readFileSync } from "node:fs";

/** The share of the CPU, in percent, that a round may lose to the host and still count. */
const MOST_STEAL = 2;
/** How often a round is measured before its ratio is taken as it is. */
const TRIES = 8;

function ticks() {
  try {
    const [, ...fields] = readFileSync("/proc/stat", "utf8").split("\n", 1)[0].split(/\s+/).map(Number);
    return { stolen: fields[7], all: fields.slice(0, 8).reduce((sum, each) => sum + each, 0) };
  } catch {
    return null;
  }
}

/** What `work` returns and the percent of all cores the host took meanwhile; 0 where the system does not tell. */
async function withSteal(work) {
  const before = ticks();
  const value = await work();
  const after = ticks();
  if (!before || !after || after.all === before.all) return { value, steal: 0 };
  return { value, steal: (100 * (after.stolen - before.stolen)) / (after.all - before.all) };
}

/**
 * Measures a round, again if the host took part in it, and gives the least disturbed one: `{ value, steal, again }`, where
 * `again` counts the rounds thrown away.
 */
export async function quietRound(work) {
  let best;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const round = await withSteal(work);
    if (!best || round.steal < best.steal) best = round;
    if (best.steal <= MOST_STEAL) return { ...best, again: attempt };
  }
  return { ...best, again: TRIES - 1 };
}

/** How quiet the machine was, in a sentence, for what a measurement prints. */
export function quietness(rounds) {
  const again = rounds.reduce((sum, round) => sum + round.again, 0);
  const most = Math.max(...rounds.map(({ steal }) => steal));
  const verdict =
    most > MOST_STEAL ? "the ratios of such rounds are not to be trusted" : "as quiet as it must be";
  return `machine: ${rounds.length} rounds, ${again} measured again; the host took at most ${most.toFixed(1)} % of the CPU in one that counts: ${verdict}`;
}
