// The page of all districts: with the demo's 14, with 514, and with ten times the rows inside each of them.
import { fileURLToPath } from "node:url";
import { measureList } from "./lists.mjs";
import { measurePages } from "./pages.mjs";
import { administer } from "./postgres.mjs";
import { Service } from "./service.mjs";

const MINISTRY = "pusat@demo.satupintu.example";
const OVERVIEW = "/api/v1/oversight/overview";
const ALL = 514;

/** The page in its three views; interactive when the first district is there and sorting or choosing was answered. */
const page = (name, view, control, trigger, answer) => ({
  name: `of all districts, ${name}`,
  path: `/pusat${view}`,
  account: MINISTRY,
  width: 1280,
  control,
  trigger,
  answer,
});
const MENU = "header button[aria-haspopup=menu][aria-label^=Akun]";
const PAGES = [
  page("matrix", "", "#daerah table tbody tr", MENU, `${MENU}[aria-expanded=true]`),
  page("map", "?tampilan=peta", "[role=option]", MENU, `${MENU}[aria-expanded=true]`),
  page("table", "?tampilan=tabel", "#daerah table tbody tr", MENU, `${MENU}[aria-expanded=true]`),
];

/** Measures the three sizes on a data folder of its own. */
export async function measureNational(
  place,
  { rounds, seconds, visits, work, executablePath, say },
) {
  const measure = async (name) => {
    say(`page of all districts: ${name}`);
    const service = await Service.start(place);
    const token = await service.signIn(MINISTRY);
    const districts = { path: OVERVIEW, table: "district", token, connections: 1 };
    const overview = await measureList(service, { ...districts, rounds, seconds, work });
    const pages = await measurePages(service.url, { runs: visits, executablePath, pages: PAGES });
    const rows = await rowsInside(service);
    return { service, name, overview, pages, rows };
  };
  const done = async ({ service, ...figures }) => {
    await service.stop();
    return figures;
  };

  const small = await done(await measure("14 districts"));
  say(`making up ${ALL} districts`);
  const tenants = 9; // the demo's; the other five of the 14 are invited
  const generated = await Service.generate(place, ALL);
  const large = await measure(`${ALL} districts`);
  await fill(large.service);
  const { service, ...large514 } = large;
  await service.stop();
  const full = await done(await measure(`${ALL} districts with ten times the rows`));
  return { small, large: large514, full, generated, added: ALL - tenants };
}

/** Writes every setup record and every document nine times more, and gathers the statistics anew. */
async function fill(service) {
  const sql = fileURLToPath(new URL("tenfold.sql", import.meta.url));
  await administer(service, `--file=${sql}`);
}

async function rowsInside(service) {
  const count = "SELECT (SELECT count(*) FROM setup_record) + (SELECT count(*) FROM evidence)";
  const output = await administer(service, "--tuples-only", "--no-align", `--command=${count}`);
  return Number(output.trim());
}
