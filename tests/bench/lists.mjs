// Lists over HTTP against the same SQL by pgbench, in turns, on the same machine in the same minutes.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median, percentile } from "./numbers.mjs";
import { run } from "./postgres.mjs";
import { pgbenchScript, transactionOf } from "./statements.mjs";

/** As many connections for HTTP as for pgbench. */
export const CONNECTIONS = 32;
const THREADS = 2;

const wrkScript = fileURLToPath(new URL("wrk.lua", import.meta.url));
const execute = promisify(execFile);

/** Measures one list: `rounds` times some seconds of HTTP and as many of pgbench, with so many connections each. */
export async function measureList(
  service,
  { path, table, token, rounds, seconds, work, connections = CONNECTIONS },
) {
  const get = (headers) =>
    fetch(service.url + path, { headers: { authorization: `Bearer ${token}`, ...headers } });
  const page = await (await get()).json();
  const transaction = await transactionOf(service, get, table);
  const { script, defines } = pgbenchScript(transaction);
  const file = join(work, `${table}.pgbench`);
  writeFileSync(file, script);

  const asMany = { connections, threads: Math.min(connections, THREADS) };
  await http(service, path, token, 3, asMany);
  const served = [];
  const sql = [];
  for (let round = 0; round < rounds; round++) {
    const before = service.processorMs();
    const one = await http(service, path, token, seconds, asMany);
    served.push({ ...one, processorMs: (service.processorMs() - before) / one.requests });
    sql.push(await pgbench(service, file, defines, seconds, work, asMany));
  }
  const compressed = await http(service, path, token, seconds, asMany, [
    "--header",
    "Accept-Encoding: gzip, br",
  ]);
  const middle = (all, field) => median(all.map((one) => one[field]));
  return {
    path,
    items: (page.items ?? page.districts).length,
    transaction,
    http: {
      rate: middle(served, "rate"),
      p50: middle(served, "p50"),
      p99: middle(served, "p99"),
      processorMs: middle(served, "processorMs"),
      bytes: served[0].bytes,
    },
    sql: { rate: middle(sql, "rate"), p50: middle(sql, "p50"), p99: middle(sql, "p99") },
    // Of neighbours in time, so that what else the machine does weighs on both.
    ratio: median(served.map((one, round) => one.rate / sql[round].rate)),
    ratios: served.map((one, round) => one.rate / sql[round].rate),
    compressed,
  };
}

/** Requests by wrk over kept-alive connections; times in milliseconds, bytes an answer. */
async function http(service, path, token, seconds, { connections, threads }, headers = []) {
  const { stdout } = await execute("wrk", [
    `--connections=${connections}`,
    `--threads=${threads}`,
    `--duration=${seconds}s`,
    `--script=${wrkScript}`,
    "--header",
    `Authorization: Bearer ${token}`,
    ...headers,
    service.url + path,
  ]);
  const told = JSON.parse(stdout.trim().split("\n").at(-1));
  if (told.errors > 0)
    throw new Error(`${told.errors} of ${told.requests} requests of ${path} failed:\n${stdout}`);
  return {
    requests: told.requests,
    rate: told.requests / (told.microseconds / 1e6),
    p50: told.p50 / 1000,
    p99: told.p99 / 1000,
    bytes: told.bytes / told.requests,
  };
}

/** The script by pgbench as the service's powerless role, statements prepared; times in milliseconds. */
async function pgbench(service, file, defines, seconds, work, { connections, threads }) {
  const prefix = join(work, "pgbench-log");
  const output = await run(
    "pgbench",
    [
      `--client=${connections}`,
      `--jobs=${threads}`,
      `--time=${seconds}`,
      "--protocol=prepared",
      "--no-vacuum",
      "--log",
      `--sampling-rate=${connections > 1 ? 0.1 : 1}`,
      `--log-prefix=${prefix}`,
      `--file=${file}`,
      ...defines,
    ],
    service,
    "satupintu_app",
  );
  const failed = Number(output.match(/number of failed transactions: (\d+)/)?.[1] ?? 0);
  if (failed > 0) throw new Error(output);
  const times = [];
  for (const name of readdirSync(work).filter((name) => name.startsWith("pgbench-log"))) {
    const lines = readFileSync(join(work, name), "utf8").trim().split("\n");
    times.push(...lines.map((line) => Number(line.split(" ")[2]) / 1000));
    rmSync(join(work, name));
  }
  times.sort((a, b) => a - b);
  return {
    rate: Number(output.match(/tps = ([\d.]+) \(without initial connection time\)/)[1]),
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  };
}
