import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A mail that arrived. */
export interface ReceivedMail {
  to: string;
  subject: string;
  text: string;
}

/** A mail server of the test's own: what the service sends goes over a real connection. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  private readonly server: SMTPServer;
  port = 0;

  constructor() {
    this.server = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      onData: (stream, session, done) => {
        simpleParser(stream)
          .then((mail) => {
            const to = session.envelope.rcptTo.map(({ address }) => address).join(", ");
            this.received.push({ to, subject: mail.subject ?? "", text: mail.text ?? "" });
            done();
          })
          .catch(done);
      },
    });
  }

  async listen(): Promise<void> {
    this.port = await freePort();
    await new Promise<void>((resolve) => {
      this.server.listen(this.port, "127.0.0.1", () => resolve());
    });
  }

  /** The newest mail to somebody with a link to a path of the site; waits for it up to half a minute. */
  async mailTo(address: string, path: string): Promise<ReceivedMail & { link: string }> {
    for (let turn = 0; turn < 300; turn += 1) {
      for (const mail of this.received.toReversed()) {
        const link = mail.to === address ? mail.text.match(/https?:\/\/[^/\s]+(\/\S+)/)?.[1] : null;
        if (link?.startsWith(path)) return { ...mail, link };
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const there = this.received.map((one) => `${one.to}: ${one.subject}\n${one.text}`).join("\n");
    throw new Error(`no mail to ${address} with a link to ${path}; there are:\n${there}`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }
}

/** An installation of its own with a mail server: empty, or the demo when it is told `--demo`. */
export class OwnSystem {
  readonly mail = new MailServer();
  url = "";
  private dir = "";
  private stop: (() => Promise<void>) | null = null;
  private readonly options: string[];

  constructor(...options: string[]) {
    this.options = options;
  }

  /** Starts it and waits until it serves. */
  async start(): Promise<void> {
    await this.mail.listen();
    // A short path: the database's socket beneath it may have 107 bytes.
    this.dir = await mkdtemp(join(tmpdir(), "satupintu-story-"));
    // When this is root, PostgreSQL runs as another user, who has to get to its folder.
    await chmod(this.dir, 0o711);
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const service = spawn(this.binary(), ["serve", ...this.options], {
      env: this.environment(port),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log: string[] = [];
    service.stdout.on("data", (data) => log.push(String(data)));
    service.stderr.on("data", (data) => log.push(String(data)));
    const ended = new Promise<void>((resolve) => service.once("exit", () => resolve()));
    this.stop = async () => {
      service.kill("SIGTERM");
      await ended;
      await writeFile(join("results", `service-${port}.log`), log.join("")).catch(() => undefined);
    };
    for (let turn = 0; turn < 600; turn += 1) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      if (answer?.ok) return;
      if (service.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the service is not there:\n${log.join("")}`);
  }

  /** Runs a command of the binary on this installation and gives what it prints. */
  async run(...args: string[]): Promise<string> {
    const command = spawn(this.binary(), args, { env: this.environment(0) });
    let output = "";
    command.stdout.on("data", (data) => {
      output += String(data);
    });
    command.stderr.on("data", (data) => {
      output += String(data);
    });
    const code = await new Promise((resolve) => command.once("exit", resolve));
    if (code !== 0) throw new Error(`satupintu ${args.join(" ")}: ${output}`);
    return output;
  }

  async close(): Promise<void> {
    await this.stop?.();
    await this.mail.close();
    if (this.dir) await rm(this.dir, { recursive: true, force: true });
  }

  private binary(): string {
    const binary = process.env.SATUPINTU_BIN;
    if (!binary) throw new Error("SATUPINTU_BIN must name the built service");
    return binary;
  }

  private environment(port: number): NodeJS.ProcessEnv {
    const { DATABASE_URL: _, DATABASE_OWNER_URL: __, ...rest } = process.env;
    return {
      ...rest,
      SATUPINTU_ADDR: `127.0.0.1:${port}`,
      SATUPINTU_PUBLIC_URL: this.url,
      SATUPINTU_DATA_DIR: join(this.dir, "data"),
      SATUPINTU_SMTP_URL: `smtp://127.0.0.1:${this.mail.port}`,
      SATUPINTU_MAIL_FROM: "Satu Pintu <satupintu@kemensos.example>",
      SATUPINTU_RATE_PER_ADDRESS: "100000",
      SATUPINTU_RATE_PER_ACCOUNT: "100000",
    };
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
