import type { FuzzCase, Outcome } from "./fuzz-case";

type StillDiffers = (fuzzCase: FuzzCase) => Promise<boolean>;

const PIECE = /#set\((?:[^()]|\([^()]*\))*\)|[a-zA-Z0-9]+|\s+|[\s\S]/g;
const MOST_TRIES = 400;

/** Takes parts out of the template, then out of the body, for as long as the two engines still differ. */
export async function shrinkCase(fuzzCase: FuzzCase, stillDiffers: StillDiffers): Promise<FuzzCase> {
  let smallest = fuzzCase;
  const bare = { ...fuzzCase, input: undefined, context: undefined, stageVariables: undefined };
  if (await stillDiffers(bare)) smallest = bare;
  smallest = await shrinkText(smallest, stillDiffers, {
    read: (c) => c.template,
    write: (c, template) => ({ ...c, template }),
  });
  if (typeof smallest.input?.body === "string") {
    smallest = await shrinkText(smallest, stillDiffers, {
      read: (c) => c.input?.body ?? "",
      write: (c, body) => ({ ...c, input: { ...c.input, body } }),
    });
  }
  return smallest;
}

type TextOf = { read: (c: FuzzCase) => string; write: (c: FuzzCase, text: string) => FuzzCase };

async function shrinkText(fuzzCase: FuzzCase, stillDiffers: StillDiffers, text: TextOf): Promise<FuzzCase> {
  let pieces: readonly string[] = text.read(fuzzCase).match(PIECE) ?? [];
  let tries = 0;
  for (let size = Math.max(1, pieces.length >> 1); size >= 1 && tries < MOST_TRIES; ) {
    let removed = false;
    for (let at = 0; at < pieces.length && tries < MOST_TRIES; ) {
      const shorter = [...pieces.slice(0, at), ...pieces.slice(at + size)];
      tries++;
      if (await stillDiffers(text.write(fuzzCase, shorter.join("")))) {
        pieces = shorter;
        removed = true;
      } else at += size;
    }
    if (size === 1 && !removed) break;
    size = size === 1 ? 1 : size >> 1;
  }
  return text.write(fuzzCase, pieces.join(""));
}

/** What kind of difference it is; shrinking keeps to it, so that it does not wander off to another one. */
export function differenceShape(ours: Outcome, reference: Outcome): string {
  const shape = (outcome: Outcome): string => ("kind" in outcome ? outcome.kind : "output");
  return `${shape(ours)}/${shape(reference)}`;
}
