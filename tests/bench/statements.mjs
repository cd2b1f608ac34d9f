// The SQL that a request makes the service send, as the database's log tells it: the comparison cannot drift from the code.
import { setTimeout as sleep } from "node:timers/promises";
import { administer } from "./postgres.mjs";

const ENTRY = /^\S+ \S+ \S+ \[(\d+)\] (?:\S+ )?(LOG|DETAIL): {2}(.*)$/;

/** Answers the transaction of `request` that reads `table`: how it begins, and its statements with their parameters. */
export async function transactionOf(service, request, table) {
  await administer(
    service,
    "--command=ALTER SYSTEM SET log_statement = 'all'",
    "--command=SELECT pg_reload_conf()",
  );
  const before = service.databaseLog().length;
  try {
    await sleep(500); // until every connection has read the setting
    await request();
    await sleep(200);
  } finally {
    await administer(
      service,
      "--command=ALTER SYSTEM RESET log_statement",
      "--command=SELECT pg_reload_conf()",
    );
  }
  const found = transactions(service.databaseLog().slice(before)).filter(({ statements }) =>
    statements.some(({ sql }) => new RegExp(`\\bFROM ${table}\\b`).test(sql)),
  );
  if (found.length !== 1) throw new Error(`${found.length} transactions read ${table}, not one`);
  return found[0];
}

/** The transactions in a log, in their order; those of prepared statements only, as the service sends them. */
export function transactions(log) {
  const all = [];
  const open = new Map();
  // Lines of one statement after its first begin with a tab.
  for (const line of log.replaceAll("\n\t", " ").split("\n")) {
    const [, pid, level, text] = line.match(ENTRY) ?? [];
    const transaction = open.get(pid);
    if (level === "LOG" && text.startsWith("statement: BEGIN")) {
      open.set(pid, { begin: text.slice("statement: ".length), statements: [] });
      all.push(open.get(pid));
    } else if (level === "LOG" && /^execute [^:]+: /.test(text)) {
      transaction?.statements.push({ sql: text.replace(/^execute [^:]+: /, ""), parameters: [] });
    } else if (level === "DETAIL" && text.startsWith("parameters: ")) {
      const last = transaction?.statements.at(-1);
      if (last) last.parameters = parameters(text);
    }
  }
  return all;
}

/** The values of a line like `parameters: $1 = '7306', $2 = NULL`. */
function parameters(text) {
  return [...text.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g)].map(([, value]) => {
    if (value === undefined) throw new Error(`pgbench has no NULL: ${text}`);
    return value.replaceAll("''", "'");
  });
}

/**
 * The transaction as a pgbench script, with the round trips of the service: the service begins with one message of two
 * statements, a pipeline does that for prepared ones.
 */
export function pgbenchScript({ begin, statements }) {
  const lines = [
    "\\startpipeline",
    ...begin.split(";").map((part) => `${part.trim()};`),
    "\\endpipeline",
  ];
  const defines = [];
  for (const { sql, parameters } of statements) {
    const names = parameters.map((value) => {
      if (value === "") return "''"; // pgbench has no empty variables
      defines.push(`--define=p${defines.length}=${value}`);
      return `:p${defines.length - 1}`;
    });
    lines.push(`${sql.replace(/\$(\d+)/g, (_, n) => names[n - 1])};`);
  }
  lines.push("ROLLBACK;");
  return { script: `${lines.join("\n")}\n`, defines };
}
