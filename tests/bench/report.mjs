// The figures as a table: for the terminal and docs/measurements.md all of them, for the README what has a target.
import { readFileSync, writeFileSync } from "node:fs";

const BEGIN = "<!-- measurements: written by make bench -->";
const END = "<!-- end of measurements -->";

const whole = (value) => Math.round(value).toLocaleString("en-US");
const mib = (value) => (value === null ? "not readable here" : `${value.toFixed(1)} MiB`);
const ms = (value) => `${value < 100 ? value.toFixed(1) : whole(value)} ms`;
const seconds = (value) => `${(value / 1000).toFixed(1)} s`;
const kb = (bytes) => `${whole(bytes / 1000)} kB`;
const ratio = (value) => value.toFixed(2);

/** The lines of the full table: [what, figure]. */
export function rows(r) {
  const starts = r.starts.map(whole).join(", ");
  const list = (name, l) => [
    [
      `${name}: requests/s at ${r.connections} connections, ${l.items} items a page`,
      whole(l.http.rate),
    ],
    [`${name}: p50, p99`, `${ms(l.http.p50)}, ${ms(l.http.p99)}`],
    [`${name}: processor time of the service for one`, `${l.http.processorMs.toFixed(2)} ms`],
    [`${name}: the same SQL by pgbench, transactions/s`, whole(l.sql.rate)],
    [`${name}: pgbench p50, p99`, `${ms(l.sql.p50)}, ${ms(l.sql.p99)}`],
    [
      `${name}: service to pgbench`,
      `**${ratio(l.ratio)}** (rounds: ${l.ratios.map(ratio).join(", ")})`,
    ],
    [
      `${name}: size of an answer, plain and compressed`,
      `${kb(l.http.bytes)}, ${kb(l.compressed.bytes)}`,
    ],
    [`${name}: requests/s when compressed, as browsers ask`, whole(l.compressed.rate)],
  ];
  return [
    ["Date", r.date],
    ["Machine", r.machine],
    ["Load average before and after", `${r.load[0].toFixed(2)}, ${r.load[1].toFixed(2)}`],
    ["Release binary", `${(r.binaryBytes / 1e6).toFixed(1)} MB`],
    ["First-load JavaScript of sign-in, gzip", `${r.firstLoadJsKb.toFixed(1)} kB`],
    ["First start: new database, demo data", ms(r.firstStart)],
    [`Start on an existing database, median of ${r.starts.length}`, `${ms(r.start)} (${starts})`],
    ["Population", r.population],
    ["Memory of the service, idle", mib(r.memory.idle)],
    [`Memory of the service, most under ${r.connections} connections`, mib(r.memory.load)],
    [
      `Memory of the service, most while ${r.connections} people sign in at once`,
      mib(r.memory.signIn),
    ],
    [
      "Memory of its database, idle and under load",
      `${mib(r.memory.databaseIdle)}, ${mib(r.memory.databaseLoad)}`,
    ],
    ...list("Districts", r.districts),
    ...list("Services of a district", r.services),
    ...r.pages.flatMap((page) => [
      [
        `Page ${page.name}, slow 4G and 4× slower processor: first contentful paint`,
        seconds(page.firstPaint),
      ],
      [
        `Page ${page.name}: interactive`,
        `${seconds(page.interactive)} (${page.all.map(seconds).join(", ")})`,
      ],
      [`Page ${page.name}: received`, `${kb(page.bytes)} in ${page.requests} requests`],
    ]),
    ...nationalRows(r.national),
  ];
}

/** The page of all districts, as the country grows and as districts do. */
function nationalRows(n) {
  const grown = (from, to) => `${ratio(to / from)} times`;
  const { small, large, full } = n;
  return [
    [
      `All districts: made up, ${whole(n.added)} districts by \`demo generate\``,
      `${seconds(n.generated)} (${ms(n.generated / n.added)} each)`,
    ],
    ...[small, large, full].flatMap((one) => [
      [
        `All districts, ${one.name}: server time at one connection, p50 and p99`,
        `${ms(one.overview.http.p50)}, ${ms(one.overview.http.p99)}`,
      ],
      [
        `All districts, ${one.name}: the same SQL by pgbench, p50 and p99`,
        `${ms(one.overview.sql.p50)}, ${ms(one.overview.sql.p99)}`,
      ],
      [
        `All districts, ${one.name}: server time to bare query`,
        `**${ratio(one.overview.http.p50 / one.overview.sql.p50)}**`,
      ],
      [
        `All districts, ${one.name}: size of an answer, plain and compressed; p50 when compressed`,
        `${kb(one.overview.http.bytes)}, ${kb(one.overview.compressed.bytes)}; ${ms(one.overview.compressed.p50)}`,
      ],
      ...one.pages.flatMap((page) => [
        [
          `Page ${page.name}, ${one.name}: interactive, slow 4G and 4× slower processor`,
          `${seconds(page.interactive)} (${page.all.map(seconds).join(", ")}), ${kb(page.bytes)}`,
        ],
      ]),
    ]),
    [
      "All districts: server time from 14 to 514 districts",
      grown(small.overview.http.p50, large.overview.http.p50),
    ],
    [
      `All districts: server time with ${whole(full.rows)} instead of ${whole(large.rows)} rows inside districts`,
      grown(large.overview.http.p50, full.overview.http.p50),
    ],
  ];
}

/** What has a target: [what, figure, target]. */
function targets(r) {
  return [
    ["Ready on an existing database", ms(r.start), "< 1 s"],
    ["Memory, idle / most under load", `${mib(r.memory.idle)} / ${mib(r.memory.load)}`, "< 60 MB"],
    [
      `List of districts at ${r.connections} connections`,
      `${whole(r.districts.http.rate)}/s, p99 ${ms(r.districts.http.p99)}`,
      "",
    ],
    ["… against the same SQL by pgbench", ratio(r.districts.ratio), "≥ 0.7"],
    [
      `List of services at ${r.connections} connections`,
      `${whole(r.services.http.rate)}/s, p99 ${ms(r.services.http.p99)}`,
      "",
    ],
    ["… against the same SQL by pgbench", ratio(r.services.ratio), "≥ 0.7"],
    ["First-load JavaScript, gzip", `${r.firstLoadJsKb.toFixed(1)} kB`, "≤ 180 kB"],
    ...r.pages.map((page) => [
      `Interactive on slow 4G: ${page.name}`,
      seconds(page.interactive),
      "",
    ]),
    [
      "All 514 districts: server time to the bare query",
      ratio(r.national.large.overview.http.p50 / r.national.large.overview.sql.p50),
      "≤ 2",
    ],
    [
      "… with ten times the rows inside districts, to before",
      ratio(r.national.full.overview.http.p50 / r.national.large.overview.http.p50),
      "≈ 1",
    ],
    ["Release binary", `${(r.binaryBytes / 1e6).toFixed(1)} MB`, "< 40 MB"],
  ];
}

const table = (head, lines) =>
  [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** Writes docs/measurements.md and the README's section. */
export function write(root, r) {
  const sql = (list) =>
    [
      "```sql",
      `${list.transaction.begin};`,
      ...list.transaction.statements.map(({ sql }) => `${sql};`),
      "```",
    ].join("\n");
  writeFileSync(
    new URL("docs/measurements.md", root),
    `# Measurements

Written by \`make bench\`; figures of different machines or days do not compare. How they are taken is below.

${table(["what", "figure"], rows(r))}

## How

- Everything runs on one machine: the service (release build) with its embedded database, wrk, pgbench, Chromium.
- **Lists**: wrk over ${r.connections} kept-alive connections with an access token, default page size, against pgbench with ${r.connections}
  clients as the service's powerless role on the same socket, in turns of ${r.seconds} s; medians of ${r.rounds} rounds, ratios of
  neighbouring rounds. pgbench sends the transaction that the database logged for the request, statements prepared, with
  the service's round trips; it neither signs anybody in nor makes JSON.
- **Memory**: resident, the service's process alone (\`VmHWM\`, begun anew before the load). The database's is the sum of
  its processes' proportional shares, which counts the file cache it shares once.
- **Start**: from exec to the first good answer of \`/readyz\`, asked every 5 ms, with the population in the database; the
  operating system has the files in its cache.
- **Pages**: Chromium at 360 × 760, empty cache, the developer tools' "Slow 4G" (1.6 Mbit/s × 0.9, 562 ms an answer) and
  a processor 4 times slower. Interactive: the control that the page is for is visible and enabled (sign-in: the button;
  home: the first thing to do next), and the page has answered a click on screen (sign-in: the empty form is refused;
  home: the account's menu opens), in time since navigation began.
- **All districts**: the page of the ministry, with the demo's 14 (5 of them invited), with 514 by \`satupintu demo generate\`, and
  with every row inside the districts written ten times. One connection, so that times are of one request alone; ratios are
  of medians. The bare query is the request's own transaction, as above. Pages at 1280 × 760.

The transactions, as logged:

${sql(r.districts)}

${sql(r.services)}

${sql(r.national.large.overview)}
`,
  );
  const readme = new URL("README.md", root);
  const text = readFileSync(readme, "utf8");
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md lacks the lines ${BEGIN} and ${END}`);
  const section = `${BEGIN}\n${r.date}, ${r.machine}:\n\n${table(["what", "figure", "target"], targets(r))}\n\n`;
  writeFileSync(readme, text.slice(0, begin) + section + text.slice(end));
}
