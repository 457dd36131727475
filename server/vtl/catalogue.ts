import type { CatalogueEntry } from "@/server/vtl/render-types";

/** Everything an editor can complete or explain in a template. */
export const vtlCatalogue: readonly CatalogueEntry[] = [];
