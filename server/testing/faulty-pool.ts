import type { Pool, PoolClient } from "pg";

/** `before`: the statement never reaches the server. `after`: it does its work there and the answer is lost. */
export type Fault = {
  readonly when: "before" | "after";
  readonly at: RegExp;
  /** So many of these statements pass first. */
  readonly after?: number;
};

/** Connections on which one statement of those that a fault is about fails, once. */
export class FaultyPool {
  #fault: Fault | null = null;
  #passing = 0;

  constructor(private readonly pool: Pool) {}

  set fault(fault: Fault) {
    this.#fault = fault;
    this.#passing = fault.after ?? 0;
  }

  async query(...statement: unknown[]): Promise<unknown> {
    return this.#send(this.pool, statement);
  }

  async connect() {
    const client = await this.pool.connect();
    return {
      query: (...statement: unknown[]) => this.#send(client, statement),
      release: (isBroken: boolean) => client.release(isBroken),
    };
  }

  /** For what takes a pool and uses no more of it than there is here. */
  asPool(): Pool {
    return this as unknown as Pool;
  }

  async #send(to: Pool | PoolClient, statement: unknown[]): Promise<unknown> {
    const [first] = statement;
    const text = typeof first === "string" ? first : (first as { text: string }).text;
    const isMeant = this.#fault?.at.test(text) === true;
    const fault = isMeant && this.#passing-- === 0 ? this.#fault : null;
    if (fault) this.#fault = null;
    if (fault?.when === "before") throw new Error("the connection broke");
    const answer = await (to.query as (...statement: unknown[]) => Promise<unknown>).apply(to, statement);
    if (fault) throw new Error("the answer was lost");
    return answer;
  }
}
