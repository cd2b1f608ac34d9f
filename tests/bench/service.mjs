// The service under measurement: starting it, what it weighs, where its database is.
import { execFile, spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Resolves to a TCP port that is free now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** One run of the service, from `start` to `stop`. */
export class Service {
  static #running = new Set();

  /**
   * Starts it on `dataDir` and waits until it is ready. `readyMs` is the time from exec to the first good answer of
   * /readyz, asked again every 5 ms.
   */
  static async start({ binary, spaDir, dataDir, log }) {
    const url = `http://127.0.0.1:${await freePort()}`;
    const env = {
      ...process.env,
      SATUPINTU_ADDR: url.slice("http://".length),
      SATUPINTU_PUBLIC_URL: url,
      SATUPINTU_DATA_DIR: dataDir,
      SATUPINTU_SPA_DIR: spaDir,
      // One person makes all calls of the load.
      SATUPINTU_RATE_PER_ACCOUNT: "100000000",
      SATUPINTU_RATE_PER_ADDRESS: "100000000",
    };
    delete env.DATABASE_URL;
    delete env.DATABASE_OWNER_URL;
    const output = openSync(log, "a");
    const begun = performance.now();
    const child = spawn(binary, ["serve", "--demo"], { env, stdio: ["ignore", output, output] });
    closeSync(output);
    const service = new Service(child, url, dataDir);
    while (!(await service.#isReady())) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(
          `the service ended before it was ready:\n${readFileSync(log, "utf8").slice(-4000)}`,
        );
      }
      await sleep(5);
    }
    service.readyMs = performance.now() - begun;
    return service;
  }

  constructor(child, url, dataDir) {
    this.child = child;
    this.url = url;
    this.dataDir = dataDir;
    this.ended = new Promise((resolve) => child.once("exit", resolve));
    Service.#running.add(this);
  }

  /** Makes districts up until there are so many, with the command, while nothing serves; answers how long that took, in ms. */
  static async generate({ binary, dataDir }, districts) {
    const env = { ...process.env, SATUPINTU_DATA_DIR: dataDir, RUST_LOG: "warn" };
    delete env.DATABASE_URL;
    delete env.DATABASE_OWNER_URL;
    const begun = performance.now();
    await execute(binary, ["demo", "generate", `--districts=${districts}`], { env });
    return performance.now() - begun;
  }

  /** Stops whatever still runs. */
  static async stopAll() {
    await Promise.all([...Service.#running].map((service) => service.stop()));
  }

  async #isReady() {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false; // nobody listens yet
    }
  }

  /** Asks it to end and waits for that. */
  async stop() {
    this.child.kill("SIGTERM");
    await this.ended;
    Service.#running.delete(this);
  }

  /** The folder of the database's socket. */
  get socketDir() {
    return join(this.dataDir, "postgres/run");
  }

  /** Everything the database logged so far. */
  databaseLog() {
    const dir = join(this.dataDir, "postgres/log");
    return readdirSync(dir)
      .sort()
      .map((name) => readFileSync(join(dir, name), "utf8"))
      .join("");
  }

  /** Signs in and answers the access token. */
  async signIn(email) {
    const { access_token } = await this.post("/api/v1/auth/login", {
      email,
      password: "SatuPintu-Demo-2026",
    });
    return access_token;
  }

  /** Sends JSON and answers JSON; an error of the service ends the measurement with its words. */
  async post(path, body, token) {
    const answer = await fetch(this.url + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  #status(field) {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return Number(status.match(new RegExp(`^${field}:\\s+(\\d+) kB`, "m"))[1]) / 1024;
  }

  /** Processor time that the service has used so far, in milliseconds. */
  processorMs() {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, "utf8");
    const [user, system] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12, 14).map(Number);
    return (user + system) * 10; // the kernel counts hundredths of a second
  }

  /** Memory of the service now, in MiB. */
  residentMib() {
    return this.#status("VmRSS");
  }

  /** The most it had since `forgetPeak`, in MiB. */
  peakMib() {
    return this.#status("VmHWM");
  }

  /** Lets the peak begin anew from what is in use now. */
  forgetPeak() {
    writeFileSync(`/proc/${this.child.pid}/clear_refs`, "5");
  }

  /** Memory of all processes of the database in MiB, what they share counted once; null where /proc keeps it secret. */
  databaseMib() {
    const postmaster = readFileSync(
      join(this.dataDir, "postgres/data/postmaster.pid"),
      "utf8",
    ).split("\n")[0];
    const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, "utf8")
      .trim()
      .split(" ");
    let kb = 0;
    for (const pid of [postmaster, ...children].filter(Boolean)) {
      try {
        kb += Number(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m)[1]);
      } catch (error) {
        if (error.code === "EACCES" || error.code === "EPERM") return null;
        if (error.code !== "ENOENT" && error.code !== "ESRCH") throw error; // it ended meanwhile
      }
    }
    return kb / 1024;
  }
}
