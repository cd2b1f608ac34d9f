// Measures a release build and writes what it found; scripts/bench.sh builds and calls it.
//
// usage: node tests/bench/main.mjs BINARY SPA_DIR CHROMIUM
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CONNECTIONS, measureList } from "./lists.mjs";
import { measureNational } from "./national.mjs";
import { median } from "./numbers.mjs";
import { measurePages } from "./pages.mjs";
import { COMPONENT_LIST, DISTRICT, populate } from "./population.mjs";
import { rows, write } from "./report.mjs";
import { Service } from "./service.mjs";

const root = new URL("../../", import.meta.url);
const [binary, spaDir, executablePath] = process.argv.slice(2);
const STARTS = Number(process.env.STARTS ?? 5);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const SECONDS = Number(process.env.SECONDS_A_ROUND ?? 8);
const VISITS = Number(process.env.VISITS ?? 3);

const ADMINS = [
  "bulukumba",
  "gowa",
  "klaten",
  "makassar",
  "maros",
  "mataram",
  "parepare",
  "surakarta",
  "tulungagung",
].map((district) => `admin.${district}@demo.satupintu.example`);

const say = (text) => console.error(`==> ${text}`);

function firstLoadJsKb() {
  const size = execFileSync("npm", ["run", "--silent", "size"], {
    cwd: fileURLToPath(new URL("frontend", root)),
    encoding: "utf8",
  });
  return Number(size.match(/gzip: ([\d.]+) kB of JavaScript/)[1]);
}

/** The most memory the service has while as many people sign in as the load has connections. */
async function signInPeak(service) {
  service.forgetPeak();
  // As many people as districts: the service slows down who tries one account many times at once.
  const people = Array.from({ length: CONNECTIONS }, (_, place) => ADMINS[place % ADMINS.length]);
  await Promise.all(people.map((email) => service.signIn(email)));
  return service.peakMib();
}

async function measure(work) {
  const place = { binary, spaDir, dataDir: join(work, "data"), log: join(work, "service.log") };
  const load = [loadavg()[0]];
  try {
    say("first start, and pages in Chromium");
    let service = await Service.start(place);
    const firstStart = service.readyMs;
    const pages = await measurePages(service.url, { runs: VISITS, executablePath });
    say("population");
    const counts = await populate(service);
    await service.stop();

    say("starts on the existing database");
    const starts = [];
    for (let run = 0; run < STARTS; run++) {
      service = await Service.start(place);
      starts.push(service.readyMs);
      if (run < STARTS - 1) await service.stop();
    }
    await sleep(2000);
    const memory = { idle: service.residentMib(), databaseIdle: service.databaseMib() };

    say(`lists at ${CONNECTIONS} connections`);
    const lists = { rounds: ROUNDS, seconds: SECONDS, work };
    const ministry = await service.signIn("pusat@demo.satupintu.example");
    const admin = await service.signIn(DISTRICT.admin);
    // What sign-in takes is measured below; it is given back within a second.
    await sleep(2000);
    service.forgetPeak();
    const districts = await measureList(service, {
      ...lists,
      path: "/api/v1/oversight/districts",
      table: "district",
      token: ministry,
    });
    const services = await measureList(service, {
      ...lists,
      path: COMPONENT_LIST,
      table: "setup_record",
      token: admin,
    });
    memory.load = service.peakMib();
    memory.databaseLoad = service.databaseMib();
    memory.signIn = await signInPeak(service);
    await service.stop();
    const national = await measureNational(
      { ...place, dataDir: join(work, "national") },
      { rounds: ROUNDS, seconds: SECONDS, visits: VISITS, work, executablePath, say },
    );
    load.push(loadavg()[0]);
    const { districts: places, records, here } = counts;
    return {
      date: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB`,
      load,
      connections: CONNECTIONS,
      rounds: ROUNDS,
      seconds: SECONDS,
      binaryBytes: statSync(binary).size,
      firstLoadJsKb: firstLoadJsKb(),
      firstStart,
      starts,
      start: median(starts),
      population: `${places} districts, ${records.toLocaleString("en-US")} setup records, ${here.toLocaleString("en-US")} of them in the measured district`,
      memory,
      districts,
      services,
      pages,
      national,
    };
  } finally {
    await Service.stopAll();
  }
}

// A short path, because a socket's may have 107 bytes; open to pass through, for PostgreSQL's user when this is root.
const work = mkdtempSync(join(tmpdir(), "satupintu-bench."));
chmodSync(work, 0o711);
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => Service.stopAll().finally(() => process.exit(130)));
}
process.once("exit", () => rmSync(work, { recursive: true, force: true }));
const results = await measure(work);
const lines = rows(results);
const width = Math.max(...lines.map(([what]) => what.length));
for (const [what, figure] of lines)
  console.log(`${what.padEnd(width)}  ${figure.replaceAll("*", "")}`);
write(root, results);
say("written: docs/measurements.md and the README's section");
