// PostgreSQL's own programs, on the socket of the embedded database.
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const BASE = "/usr/lib/postgresql";

function find(program) {
  const dirs = process.env.PG_BIN ? [process.env.PG_BIN] : [];
  if (existsSync(BASE)) {
    const versions = readdirSync(BASE).sort((a, b) => Number(b) - Number(a));
    dirs.push(...versions.map((version) => join(BASE, version, "bin")));
  }
  return dirs.map((dir) => join(dir, program)).find(existsSync) ?? program;
}

/** Runs a program of PostgreSQL as `role` and answers what it printed. */
export async function run(program, args, service, role) {
  const env = {
    ...process.env,
    PGHOST: service.socketDir,
    PGPORT: "5432",
    PGDATABASE: "satupintu",
    PGUSER: role,
    PGSSLMODE: "disable",
  };
  const { stdout } = await execute(find(program), args, { env, maxBuffer: 2 ** 26 });
  return stdout;
}

/** Runs SQL as the superuser, past row level security; stops at the first error. */
export function administer(service, ...args) {
  return run(
    "psql",
    ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", ...args],
    service,
    "postgres",
  );
}
