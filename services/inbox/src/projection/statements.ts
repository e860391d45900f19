import type Database from 'libsql';

/** The part of a libsql connection that is needed to ask. */
export interface Connection {
  prepare(sql: string): Pick<Database.Statement, 'run' | 'get' | 'all'>;
}

/** Runs SQL on one connection and prepares each text once. Parameters go in as one array, which is what libsql is safe with. */
export class Statements {
  readonly #db: Connection;
  readonly #prepared = new Map<string, ReturnType<Connection['prepare']>>();

  constructor(db: Connection) {
    this.#db = db;
  }

  /** Answers how many rows were changed. */
  run(sql: string, values: readonly unknown[]): number {
    return this.#statement(sql).run(values).changes;
  }

  get<Row>(sql: string, values: readonly unknown[]): Row | undefined {
    return this.#statement(sql).get(values) as Row | undefined;
  }

  all<Row>(sql: string, values: readonly unknown[]): Row[] {
    return this.#statement(sql).all(values) as Row[];
  }

  #statement(sql: string): ReturnType<Connection['prepare']> {
    const known = this.#prepared.get(sql) ?? this.#db.prepare(sql);
    this.#prepared.set(sql, known);
    return known;
  }
}
