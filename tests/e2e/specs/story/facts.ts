import type { Answer } from "../../support/form";

/**
 * What is known of Kabupaten Bulukumba: the report of BaKTI, 24 March 2020 (agencies, the decree, the
 * SOPs, the training of 2020, the regulation that was still a draft on 17 March 2020, the data of
 * 2019 sorted for ten kecamatan). Where it says nothing (numbers, names, days), the values are made
 * up and say so.
 */

const now = new Date();
const year = now.getFullYear();
/** A day of this year's past as a person types it, `d/m/yyyy`. */
export function daysAgo(days: number): string {
  const day = new Date(now.getTime() - days * 86_400_000);
  return `${day.getDate()}/${day.getMonth() + 1}/${day.getFullYear()}`;
}

function pdf(name: string) {
  const text = `%PDF-1.4\n% contoh: ${name}\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj<</Type/Page>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`;
  return { name: `${name}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(text) };
}

export const LETTER = pdf("surat-komitmen");

/** The regulation as it stood on 17 March 2020. */
export const REGULATION = {
  about: {
    "Jenis instrumen": "Peraturan Bupati/Peraturan Wali Kota",
    "Judul lengkap": "Pusat Kesejahteraan Sosial Anak Integratif",
    "Tentang apa": "Pembentukan dan penyelenggaraan PKSAI di Kabupaten Bulukumba.",
    "Ini peraturan yang menjadi dasar PKSAI": true,
    "Di meja siapa sekarang": "Dinas Sosial",
  } satisfies Record<string, Answer>,
  stages: [
    { Tahap: "Usulan", "Dicapai tanggal": "2/9/2019" },
    { Tahap: "Draf", "Dicapai tanggal": "16/3/2020" },
    { Tahap: "Rapat pembahasan", "Dicapai tanggal": "17/3/2020" },
  ],
  /** What had to follow before the centre could open. */
  laterStages: [
    { Tahap: "Harmonisasi", "Dicapai tanggal": daysAgo(120) },
    { Tahap: "Paraf koordinasi", "Dicapai tanggal": daysAgo(110) },
    { Tahap: "Penetapan", "Dicapai tanggal": daysAgo(100) },
    { Tahap: "Pengundangan", "Dicapai tanggal": daysAgo(99) },
  ],
  force: {
    Nomor: "00 (contoh)",
    Tahun: String(year),
    "Tanggal penetapan": daysAgo(100),
    "Nomor berita/lembaran daerah": "00 (contoh)",
    "Naskah bertanda tangan": pdf("perbup-pksai"),
  },
} as const;

const decree = (title: string, file: string): Record<string, Answer> => ({
  "Jenis instrumen": "Surat Keputusan",
  "Judul lengkap": title,
  Nomor: "00/contoh",
  Tahun: String(year),
  "Tanggal penetapan": daysAgo(200),
  "Naskah bertanda tangan": pdf(file),
});

export const WORKING_GROUP_DECREE = "Pembentukan Tim Pokja PKSAI Kabupaten Bulukumba";
export const UNIT_DECREE = "Penetapan Unit Pelaksana PKSAI Kabupaten Bulukumba";

export const DECREES = [
  decree(WORKING_GROUP_DECREE, "sk-pokja"),
  decree(UNIT_DECREE, "sk-unit-pelaksana"),
];

export const PLANS: Record<string, Answer>[] = [
  {
    "Jenis instrumen": "Rencana Kerja",
    "Judul lengkap": `Rencana Kerja Dinas Sosial ${year}`,
    "Bagian yang memuat PKSAI": "Program rehabilitasi sosial anak (contoh)",
    Tahun: String(year),
  },
  {
    "Jenis instrumen": "Dokumen Pelaksanaan Anggaran",
    "Judul lengkap": `DPA Dinas Sosial ${year}`,
    "Bagian yang memuat PKSAI": "Kegiatan layanan PKSAI (contoh)",
    Tahun: String(year),
  },
];

/** The bodies at the meeting of 16 and 17 March 2020, and two that the eight services need besides. */
export const AGENCIES = [
  [
    "Dinas Sosial",
    "Dinas Sosial Kabupaten Bulukumba",
    ["Rehabilitasi sosial", "Bantuan sosial", "Pengasuhan alternatif"],
  ],
  [
    "Dinas Pemberdayaan Perempuan dan Perlindungan Anak",
    "DP3A Kabupaten Bulukumba",
    ["Penguatan keluarga"],
  ],
  [
    "Dinas Kependudukan dan Pencatatan Sipil",
    "Dinas Dukcapil Kabupaten Bulukumba",
    ["Identitas legal"],
  ],
  ["Dinas Kesehatan", "Dinas Kesehatan Kabupaten Bulukumba", ["Kesehatan"]],
  [
    "Pusat Pelayanan Terpadu Pemberdayaan Perempuan dan Anak",
    "P2TP2A/Tim Reaksi Cepat Bulukumba",
    ["Bantuan hukum"],
  ],
  ["Dinas Pendidikan", "Dinas Pendidikan Kabupaten Bulukumba", ["Pendidikan"]],
] as const;

export const SOCIAL_AGENCY = AGENCIES[0][1];

/** One service for each of the eight domains: domain, name, tier, who gives it. */
export const SERVICES = [
  ["Pendidikan", "Kembali bersekolah", "Sekunder", AGENCIES[5][1]],
  ["Kesehatan", "Pemeriksaan dan pengobatan anak", "Primer", AGENCIES[3][1]],
  ["Identitas legal", "Akta kelahiran dan Kartu Identitas Anak", "Primer", AGENCIES[2][1]],
  ["Rehabilitasi sosial", "Pendampingan pekerja sosial", "Tersier", AGENCIES[0][1]],
  ["Bantuan hukum", "Pendampingan hukum anak", "Tersier", AGENCIES[4][1]],
  ["Bantuan sosial", "Pengusulan bantuan keluarga", "Sekunder", AGENCIES[0][1]],
  ["Penguatan keluarga", "Kelas pengasuhan", "Primer", AGENCIES[1][1]],
  ["Pengasuhan alternatif", "Penempatan sementara", "Tersier", AGENCIES[0][1]],
] as const;

export const CASE_STAGES = [
  "Identifikasi/penjangkauan",
  "Penerimaan dan registrasi",
  "Asesmen awal",
  "Asesmen komprehensif",
  "Rencana intervensi",
  "Pelaksanaan dan rujukan",
  "Pemantauan dan reviu",
  "Terminasi",
  "Pascalayanan",
] as const;

/** The six SOPs that every centre must have; the case SOP is bound to the nine stages. */
export const SOPS = [
  "Pengaduan",
  "Penjangkauan",
  "Asesmen dan penanganan kasus",
  "Rujukan",
  "Pemantauan dan terminasi",
  "Data dan kerahasiaan",
] as const;
export const CASE_SOP = SOPS[2];

/** Name, role. The training of 2020 is recorded with each; a newer one keeps it valid. */
export const STAFF = [
  ["Contoh Supervisor", "Supervisor"],
  ["Contoh Manajer Kasus", "Manajer kasus"],
  ["Contoh Pekerja Sosial", "Pekerja sosial"],
  ["Contoh Sakti Peksos", "Sakti Peksos"],
] as const;

/** Documents that the mandatory items ask for: item, kind, title. */
export const EVIDENCE = [
  ["REG-3", "Rencana Kerja", "Renja Dinas Sosial"],
  ["REG-4", "Dokumen Pelaksanaan Anggaran", "DPA Dinas Sosial"],
  ["LEM-1", "Surat Keputusan", "SK Tim Pokja PKSAI"],
  ["LEM-2", "Surat Keputusan", "SK unit pelaksana"],
  ["LEM-4", "Foto tempat, tanpa orang", "Foto sekretariat dan ruang konseling"],
  ["MEK-1", "SOP administrasi pemerintahan (SOP AP) yang disahkan", "SOP pengaduan"],
  ["MEK-2", "SOP administrasi pemerintahan (SOP AP) yang disahkan", "SOP penjangkauan"],
  ["MEK-3", "SOP administrasi pemerintahan (SOP AP) yang disahkan", "SOP penanganan kasus"],
  ["MEK-4", "SOP administrasi pemerintahan (SOP AP) yang disahkan", "SOP rujukan"],
  ["MEK-5", "SOP administrasi pemerintahan (SOP AP) yang disahkan", "SOP pemantauan dan terminasi"],
  ["MEK-6", "SOP administrasi pemerintahan (SOP AP) yang disahkan", "SOP data dan kerahasiaan"],
  ["SDM-1", "Surat Keputusan", "SK manajer kasus"],
  ["SDM-2", "Sertifikat", "Sertifikat pekerja sosial"],
  ["SDM-4", "Sertifikat", "Sertifikat manajemen kasus"],
  ["SDM-6", "Pakta atau surat pernyataan", "Pakta kode etik"],
  ["DAT-2", "Laporan agregat tanpa identitas", "Sortir data anak per kecamatan"],
  ["DAT-3", "Surat", "Surat data agregat ke OPD"],
  ["DAT-4", "Kebijakan tertulis", "Kebijakan pelindungan data"],
] as const;

/** What is only there when the regulation is: shown last. */
export const REGULATION_EVIDENCE = [
  "REG-1",
  "Peraturan Bupati/Peraturan Wali Kota",
  "Peraturan Bupati tentang PKSAI",
] as const;

/** Items that a reviewer must have verified before the centre opens. */
export const FLAGGED = ["REG-1", "LEM-1", "LEM-2", "MEK-6", "DAT-4"] as const;

export { pdf };
