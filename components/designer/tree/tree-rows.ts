import type { ApiDefinition } from "@/server/domain/definition";
import { HTTP_METHODS, type HttpMethod } from "@/server/gateway/snapshot/method";

export type TreeRow =
  | {
      kind: "resource";
      id: string;
      resourceId: string;
      label: string;
      path: string;
      depth: number;
      hasChildren: boolean;
    }
  | {
      kind: "method";
      id: string;
      resourceId: string;
      httpMethod: HttpMethod;
      label: string;
      path: string;
      depth: number;
    };

const joined = (parent: string, part: string) => (parent === "/" ? `/${part}` : `${parent}/${part}`);

function childrenByParent(definition: ApiDefinition) {
  const children = new Map<string, ApiDefinition["resources"][string][]>();
  for (const resource of Object.values(definition.resources)) {
    if (resource.parentId === null) continue;
    const siblings = children.get(resource.parentId);
    if (siblings) siblings.push(resource);
    else children.set(resource.parentId, [resource]);
  }
  for (const siblings of children.values()) siblings.sort((a, b) => (a.pathPart < b.pathPart ? -1 : 1));
  return children;
}

/**
 * The tree as the rows on screen: a resource, its methods, its children. `collapsed` hides what is below a resource;
 * a filter opens everything and keeps what matches the path or verb, with the way to it.
 */
export function treeRows(
  definition: ApiDefinition,
  collapsed: ReadonlySet<string>,
  filter: string,
): TreeRow[] {
  const children = childrenByParent(definition);
  const words = filter.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const rows: TreeRow[] = [];
  const visit = (resource: ApiDefinition["resources"][string], path: string, depth: number): boolean => {
    const at = rows.length;
    const below = children.get(resource.id) ?? [];
    const verbs = HTTP_METHODS.filter((verb) => resource.resourceMethods[verb]);
    const label = resource.parentId === null ? "/" : `/${resource.pathPart}`;
    const hasChildren = below.length + verbs.length > 0;
    rows.push({
      kind: "resource",
      id: resource.id,
      resourceId: resource.id,
      label,
      path,
      depth,
      hasChildren,
    });
    let isKept = words.length === 0 || matches(path);
    if (words.length === 0 && collapsed.has(resource.id)) return true;
    for (const httpMethod of verbs) {
      const name = resource.resourceMethods[httpMethod]?.operationName ?? "";
      if (words.length > 0 && !matches(`${httpMethod} ${path} ${name}`)) continue;
      isKept = true;
      const id = `${resource.id} ${httpMethod}`;
      rows.push({
        kind: "method",
        id,
        resourceId: resource.id,
        httpMethod,
        label: name,
        path,
        depth: depth + 1,
      });
    }
    for (const child of below) if (visit(child, joined(path, child.pathPart), depth + 1)) isKept = true;
    if (!isKept) rows.length = at;
    return isKept;
  };
  const root = Object.values(definition.resources).find((resource) => resource.parentId === null);
  if (root) visit(root, "/", 0);
  return rows;
}
