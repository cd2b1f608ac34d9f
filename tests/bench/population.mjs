// A population to measure on: what the service wrote itself, multiplied over all districts.
import { fileURLToPath } from "node:url";
import { administer } from "./postgres.mjs";

/** The district whose list is measured. */
export const DISTRICT = { code: "73.06", admin: "admin.gowa@demo.satupintu.example" };
/** The component list that is measured. */
export const COMPONENT_LIST = `/api/v1/districts/${DISTRICT.code}/setup/service-range/services`;

const RECORDS_HERE = 3000;
const RECORDS_ELSEWHERE = 60;

/** A record as wide as people fill it in. The service refuses fields that it does not know, so this cannot go stale. */
const SERVICE = {
  name: "Layanan contoh",
  domain: "legal_identity",
  tiers: ["secondary"],
  description:
    "Penerbitan akta kelahiran bagi anak yang belum memilikinya, termasuk anak tanpa dokumen orang tua.",
  eligibility:
    "Anak berusia 0 sampai 17 tahun yang berdomisili di kabupaten dan belum memiliki akta kelahiran.",
  min_age: 0,
  max_age: 17,
  requirements: ["Surat keterangan lahir", "Kartu keluarga", "Surat pengantar desa atau kelurahan"],
  working_days: 3,
  cost: "gratis",
  place: "Kantor Dinas Kependudukan dan Pencatatan Sipil",
  hours: "Senin sampai Jumat 08.00-15.00",
  monthly_capacity: 120,
  notes: "Berkas yang belum lengkap tetap diterima dan dilengkapi kemudian.",
  is_public: true,
};

/** Writes the population; answers what it is, in words. */
export async function populate(service) {
  const token = await service.signIn(DISTRICT.admin);
  await service.post(COMPONENT_LIST, { content: SERVICE }, token);
  const sql = fileURLToPath(new URL("population.sql", import.meta.url));
  const output = await administer(
    service,
    "--tuples-only",
    "--no-align",
    `--set=district=${DISTRICT.code}`,
    `--set=here=${RECORDS_HERE}`,
    `--set=elsewhere=${RECORDS_ELSEWHERE}`,
    `--file=${sql}`,
  );
  const [districts, records, here] = output.trim().split("|").map(Number);
  return { districts, records, here };
}
