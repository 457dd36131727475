/** A reference that CloudFormation resolves: `!Ref Api` or `!GetAtt Api.RootResourceId`. */
export class Intrinsic {
  readonly tag: "!Ref" | "!GetAtt";
  readonly target: string;

  constructor(tag: "!Ref" | "!GetAtt", target: string) {
    this.tag = tag;
    this.target = target;
  }
}

export const ref = (logicalId: string) => new Intrinsic("!Ref", logicalId);
export const getAtt = (logicalId: string, attribute: string) =>
  new Intrinsic("!GetAtt", `${logicalId}.${attribute}`);
