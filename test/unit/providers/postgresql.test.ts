import { describe, expect, test } from "@jest/globals";
import { explainError, explainPostgres } from "../../../providers/postgresql/explain.ts";
import { compareSchema, inOrder } from "../../../providers/postgresql/schema-record.ts";
import { scramVerifier } from "../../../providers/postgresql/scram.ts";
import { serverFrom } from "../../../providers/postgresql/server.ts";

test("the verifier is the one of RFC 7677, section 3", () => {
  // Its exchange proves StoredKey and ServerKey: password "pencil", this salt, 4096 rounds.
  expect(scramVerifier("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64"))).toBe(
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
  );
});

test("each verifier has a salt of its own", () => {
  expect(scramVerifier("pencil")).not.toBe(scramVerifier("pencil"));
});

describe("explaining", () => {
  test.each([
    ['error creating role acme_owner: pq: role "acme_owner" already exists', "role-not-ours", "acme_owner"],
    ['Error creating database "acme": pq: database "acme" already exists', "database-not-ours", "acme"],
    ["pq: permission denied to create role", "missing-privilege", "permission denied to create role"],
    ['pq: must be owner of database "acme"', "missing-privilege", "must be owner of database"],
    [
      "Error initializing PostgreSQL client: dial tcp 127.0.0.1:5432: connect: connection refused",
      "server-unreachable",
      "at 127.0.0.1:5432",
    ],
    ["connect ECONNREFUSED 127.0.0.1:5432", "server-unreachable", "at 127.0.0.1:5432"],
    [
      "Error reading IS_TEMPLATE property for DATABASE: read tcp 127.0.0.1:50730->127.0.0.1:5432: read: connection reset by peer",
      "server-unreachable",
      "does not answer",
    ],
    ["pq: driver: bad connection", "server-unreachable", "does not answer"],
    ["dial tcp: lookup db.example: no such host", "server-unreachable", "does not answer"],
    ['pq: password authentication failed for user "tenantry"', "wrong-password", "tenantry"],
    [
      'no pg_hba.conf entry for host "10.0.0.1", user "x", database "y", no encryption',
      "login-refused",
      "10.0.0.1",
    ],
    ["pq: SSL is not enabled on the server", "tls-unsupported", "TLS"],
    ["self-signed certificate in certificate chain", "tls-untrusted", "certificate"],
    ["x509: certificate signed by unknown authority", "tls-untrusted", "certificate"],
    ['pq: too many connections for database "acme"', "too-many-connections", "acme"],
    ['pq: database "acme" is being accessed by other users', "database-in-use", "acme"],
    ['pq: invalid LC_COLLATE locale name: "en_US.UTF-8"', "locale-unknown", "en_US.UTF-8"],
    ['pq: role "acme_x" cannot be dropped because some objects depend on it', "role-in-use", "acme_x"],
    ['role "acme_x" does not exist', "role-missing", "acme_x"],
    ["canceling statement due to lock timeout", "locked", "30 s"],
  ])("%s", (text, code, says) => {
    const failure = explainPostgres(text);
    expect(failure).toMatchObject({ code, system: "PostgreSQL", message: expect.stringContaining(says) });
    expect(failure?.fix).toMatch(/\w/);
  });

  test("what nobody can mend stays what it is", () => {
    const bug = new TypeError("x is not a function");
    expect(explainError(bug)).toBe(bug);
    expect(explainError("text")).toBe("text");
    expect(explainPostgres("syntax error at or near")).toBeUndefined();
  });

  test("a host with two addresses", () => {
    const inner = ["connect ECONNREFUSED ::1:5432", "connect ECONNREFUSED 127.0.0.1:5432"].map(
      (text) => new Error(text),
    );
    expect(explainError(new AggregateError(inner))).toMatchObject({ code: "server-unreachable" });
  });
});

describe("the server", () => {
  const environment = { PGHOST: "db", PGUSER: "u", PGPASSWORD: "p" };

  test("is read with PostgreSQL's defaults, but never without TLS", () => {
    expect(serverFrom(environment)).toEqual({
      host: "db",
      port: 5432,
      sslmode: "verify-full",
      database: "postgres",
      user: "u",
      password: "p",
    });
  });

  test.each([
    [{ ...environment, PGHOST: undefined }, "PGHOST"],
    [{ ...environment, PGPASSWORD: "" }, "PGPASSWORD"],
    [{ ...environment, PGPORT: "70000" }, "PGPORT"],
    [{ ...environment, PGSSLMODE: "prefer" }, "PGSSLMODE"],
    [{}, "PGHOST, PGUSER, PGPASSWORD"],
  ])("%o: says what is missing, not what is there", (variables, names) => {
    expect(() => serverFrom(variables)).toThrow(
      expect.objectContaining({ code: "credentials-missing", message: `not set, or not usable: ${names}` }),
    );
  });
});

describe("comparing schemas", () => {
  const recorded = {
    "table t": "table",
    "column t.a": "integer",
    "not null t.a": "not null",
    "constraint t.t_pkey": "PRIMARY KEY (a)",
    "index i": "CREATE INDEX i ON public.t USING btree (a)",
  };

  test("the same is no drift, nor is what others made", () => {
    expect(
      compareSchema(recorded, {
        ...recorded,
        "table u": "table",
        "not null u.b": "not null",
        "index j": "…",
      }),
    ).toEqual([]);
  });

  test("a dropped table is one line, and nothing repairs it", () => {
    expect(compareSchema(recorded, {})).toEqual([{ text: "missing table t", repair: undefined }]);
  });

  test("names are quoted", () => {
    const [drift] = compareSchema({ 'constraint T.o"k': "CHECK (true)" }, {});
    expect(drift?.repair).toEqual(['ALTER TABLE public."T" ADD CONSTRAINT "o""k" CHECK (true)']);
  });

  test("foreign keys come after the keys they need", () => {
    const [foreign, key] = ["ADD CONSTRAINT f FOREIGN KEY (a)", "ADD CONSTRAINT k PRIMARY KEY (a)"];
    expect(inOrder([foreign, key])).toEqual([key, foreign]);
  });
});
