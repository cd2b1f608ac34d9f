import { expect, type Locator, type Page } from "@playwright/test";
import { addRow, choose, fill } from "../../support/form";
import * as facts from "./facts";

const HOME = "/d/73.02";

/** Opens a new record from the list of its component, fills it, and waits until it is stored. */
export async function record(
  page: Page,
  where: { page: string; part?: string; add: string },
  write: (form: Locator) => Promise<void>,
  isComplete = true,
): Promise<void> {
  await page.goto(`${HOME}/${where.page}`);
  const main = page.getByRole("main");
  if (where.part) await main.getByRole("link", { name: where.part, exact: true }).click();
  await main.getByRole("button", { name: where.add, exact: true }).first().click();
  await expect(page).toHaveURL(/baru=true/);
  await write(main);
  await saved(page, isComplete);
}

/** Waits until everything that was typed is stored; a complete record says that it is. */
export async function saved(page: Page, isComplete = true): Promise<void> {
  await expect(page.getByText(/^Tersimpan /)).toBeVisible({ timeout: 15_000 });
  if (isComplete) await expect(page.getByText("Lengkap", { exact: true })).toBeVisible();
}

/** Regulation: the draft as it stood in March 2020, the decrees, the plan and the budget. */
export async function regulation(page: Page): Promise<void> {
  const where = { page: "regulasi", add: "Tambah instrumen" };
  await record(
    page,
    where,
    async (form) => {
      await fill(form, facts.REGULATION.about);
      for (const stage of facts.REGULATION.stages) await addRow(form, "Tambah tahap", stage);
    },
    false,
  );
  for (const decree of [...facts.DECREES, ...facts.PLANS]) {
    await record(
      page,
      where,
      async (form) => {
        await fill(form, decree);
        await addRow(form, "Tambah tahap", {
          Tahap: "Penetapan",
          "Dicapai tanggal": facts.daysAgo(200),
        });
      },
      false,
    );
  }
}

/** Institution: agencies with a contact each, then working group, executing unit and secretariat. */
export async function institution(page: Page): Promise<void> {
  for (const [kind, name, services] of facts.AGENCIES) {
    const where = { page: "kelembagaan", part: "Instansi", add: "Tambah instansi" };
    await record(page, where, async (form) => {
      await fill(form, {
        "Jenis instansi": kind,
        Nama: name,
        "Layanan yang dapat diterima": [...services],
      });
      await addRow(form, "Tambah narahubung", {
        Nama: "Contoh Narahubung",
        Jabatan: "Kepala seksi",
        Telepon: "0413 555 010",
      });
    });
  }
  const team = (kind: string, name: string, write: (form: Locator) => Promise<void>) =>
    record(page, { page: "kelembagaan", add: "Tambah tim" }, async (form) => {
      await fill(form, { "Jenis tim": kind, Nama: name });
      await write(form);
    });
  const position = (form: Locator, kind: string, holder: string) =>
    addRow(form, "Tambah jabatan", {
      "Jenis jabatan": kind,
      "Pejabat atau orang": holder,
      Tugas: "Sesuai lampiran SK.",
    });
  await team("Tim Pokja", "Tim Pokja PKSAI Kabupaten Bulukumba", async (form) => {
    await fill(form, { "SK pembentukan": facts.WORKING_GROUP_DECREE });
    await position(form, "Ketua", "Kepala Dinas Sosial");
    await position(form, "Sekretaris", "Kepala DP3A");
    await position(form, "Anggota", "Kepala Dinas Dukcapil");
  });
  await team("Unit pelaksana", "PKSAI Kabupaten Bulukumba", async (form) => {
    await fill(form, { "SK pembentukan": facts.UNIT_DECREE });
    await position(form, "Manajer unit", "Contoh Manajer");
  });
  await team("Sekretariat", "Sekretariat PKSAI", async (form) => {
    await fill(form, {
      Alamat: "Jalan Contoh 1, Ujung Bulu, Bulukumba",
      "Nomor layanan": "0413 555 010",
      "Jam layanan": "Senin–Jumat 08.00–16.00 WITA",
    });
    await addRow(form, "Tambah ruang", {
      "Nama ruang": "Ruang konseling",
      "Tertutup: anak dapat berbicara tanpa terdengar dan terlihat": true,
    });
  });
}

/** The six SOPs, put in force; the case SOP with its nine stages and the clocks. */
export async function mechanism(page: Page): Promise<void> {
  for (const kind of facts.SOPS) {
    const where = { page: "mekanisme-kerja", add: "Tambah SOP" };
    await record(
      page,
      where,
      async (form) => {
        await fill(form, {
          "Jenis SOP": kind,
          "Nama SOP": `SOP ${kind}`,
          "Nomor SOP": "00/contoh",
          "Tanggal pembuatan": facts.daysAgo(90),
          "Tanggal efektif": facts.daysAgo(60),
          "Disahkan oleh (jabatan)": "Kepala Dinas Sosial",
          "Nama pengesah": "Contoh Pengesah",
          "Dasar hukum lain": ["SK Tim Pokja PKSAI"],
          "Kualifikasi pelaksana": ["Terlatih manajemen kasus"],
          "Pencatatan dan pendataan": ["Buku register"],
        });
        const step = (symbol: string, activity: string, stage?: string) =>
          addRow(form, "Tambah langkah", {
            Simbol: symbol,
            Pelaksana: { typed: "Petugas PKSAI" },
            Kegiatan: activity,
            ...(stage ? { "Tahap penanganan kasus": stage } : {}),
          });
        await step("Mulai", "Menerima");
        if (kind === facts.CASE_SOP) {
          for (const stage of facts.CASE_STAGES) await step("Kegiatan", stage, stage);
          await form.getByRole("button", { name: "Isi dengan usulan" }).click();
        } else {
          await step("Kegiatan", "Mencatat dan menindaklanjuti");
        }
        await step("Selesai", "Menutup");
        await saved(page, false);
        await form.getByRole("button", { name: "Berlakukan SOP", exact: true }).click();
        await expect(form.getByText("SOP ini berlaku.")).toBeVisible();
      },
      true,
    );
  }
}

/** A service for each of the eight domains. */
export async function services(page: Page): Promise<void> {
  for (const [domain, name, tier, agency] of facts.SERVICES) {
    await record(page, { page: "rentang-layanan", add: "Tambah layanan" }, async (form) => {
      await fill(form, {
        "Jenis layanan": domain,
        "Nama layanan": name,
        "Tingkat pencegahan": [tier],
        "Usia termuda (tahun)": "0",
        "Usia tertua (tahun)": "17",
        "Berkas yang dibawa": ["Kartu keluarga bila ada"],
        "Lama layanan (hari kerja)": "3",
        Biaya: "gratis",
        Tempat: "Sekretariat PKSAI",
        "Tampilkan di laman publik": true,
      });
      await addRow(form, "Tambah pemberi layanan", { Instansi: agency });
    });
  }
}

/** The people, with the training of 2020 and a newer one. */
export async function staff(page: Page): Promise<void> {
  for (const [name, role] of facts.STAFF) {
    await record(page, { page: "sdm", add: "Tambah petugas" }, async (form) => {
      await fill(form, {
        Nama: name,
        "Jabatan di instansi asal": role,
        "Instansi asal": facts.SOCIAL_AGENCY,
        "Peran dalam PKSAI": [role],
        "SK penugasan": facts.UNIT_DECREE,
        "Batas jumlah kasus": "25",
        "Kode etik ditandatangani": facts.daysAgo(50),
        ...(role === "Supervisor" ? {} : { Supervisor: facts.STAFF[0][0] }),
      });
      for (const day of ["17/3/2020", facts.daysAgo(150)]) {
        await addRow(form, "Tambah pelatihan", {
          "Jenis pelatihan": "Manajemen kasus",
          Topik: "Manajemen kasus bagi petugas pendamping anak",
          "Hari pertama": day,
          Penyelenggara: "UNICEF dan Yayasan BaKTI",
        });
      }
    });
  }
  await supervision(page);
}

/** How often the supervisor sits with the workers: known once there are people. */
async function supervision(page: Page): Promise<void> {
  const where = { page: "mekanisme-kerja", part: "Supervisi", add: "Tambah jadwal" };
  await record(page, where, (form) =>
    fill(form, {
      Nama: "Supervisi bulanan",
      "Seberapa sering": "Setiap bulan",
      Supervisor: [facts.STAFF[0][0]],
      "Peran yang disupervisi": ["Manajer kasus", "Pekerja sosial", "Sakti Peksos"],
      Pencatatan: "Buku supervisi",
    }),
  );
}

/** Categories, forms, the data of 2019, the report, retention and protection. */
export async function dataSystem(page: Page): Promise<void> {
  const at = "sistem-data";
  await page.goto(`${HOME}/${at}`);
  await page.getByRole("button", { name: "Pakai: Penjangkauan Gowa (8)" }).click();
  await expect(page.getByText("8 kategori ditambahkan, 0 sudah ada.")).toBeVisible();
  for (const form of ["Formulir anak", "Formulir penjangkauan"]) {
    await record(page, { page: at, part: "Formulir", add: "Tambah formulir" }, (main) =>
      fill(main, {
        "Formulir untuk": form,
        Judul: form,
        "Kalimat persetujuan": "Data ini dipakai untuk membantu anak Anda.",
        Status: "Dipakai",
      }),
    );
  }
  await record(page, { page: at, part: "Sumber data", add: "Tambah sumber" }, (form) =>
    fill(form, {
      "Jenis sumber": "BDT (Basis Data Terpadu)",
      Nama: "BDT Kabupaten Bulukumba",
      "Tahun data": "2019",
      "Terakhir diterima": "16/3/2020",
      Diperbarui: "Setiap tahun",
      "Pemilik data": facts.SOCIAL_AGENCY,
      "Dipakai untuk":
        "Sortir data anak menurut identitas, penyakit kronis, disabilitas, dan sekolah untuk 10 kecamatan.",
    }),
  );
  await record(page, { page: at, part: "Laporan", add: "Tambah laporan" }, (form) =>
    fill(form, {
      "Nama laporan": "Data agregat anak ke OPD",
      Isi: "Jumlah anak per kecamatan menurut kebutuhan.",
      "Seberapa sering": "Setiap tiga bulan",
      "Instansi penerima": [facts.AGENCIES[2][1], facts.AGENCIES[3][1]],
      Penyusun: facts.STAFF[1][0],
    }),
  );
  await record(page, { page: at, part: "Retensi", add: "Tambah aturan" }, (form) =>
    fill(form, {
      "Data apa": "Berkas kasus",
      "Lama simpan (bulan)": "60",
      "Dihitung sejak": "penutupan kasus",
      "Setelah itu": "Dihapus seluruhnya",
    }),
  );
  await record(
    page,
    { page: at, part: "Pelindungan data", add: "Catat pelindungan data" },
    (form) =>
      fill(form, {
        Nama: "Pelindungan data anak",
        "Nama narahubung": "Contoh Petugas Data",
        Telepon: "0413 555 010",
        "Kebijakan tertulis": facts.pdf("kebijakan"),
        "Hak akses ditinjau": facts.daysAgo(20),
        "Hasil penilaian dampak": facts.pdf("penilaian-dampak"),
        "Langkah bila data bocor": "Lapor koordinator dalam satu jam.",
      }),
  );
}

/** Takes the regulation to its end: harmonised, signed, promulgated. */
export async function promulgate(page: Page): Promise<void> {
  await page.goto(`${HOME}/regulasi`);
  await page.getByRole("link", { name: "Pusat Kesejahteraan Sosial Anak Integratif" }).click();
  const form = page.getByRole("main");
  for (const stage of facts.REGULATION.laterStages) await addRow(form, "Tambah tahap", stage);
  await fill(form, facts.REGULATION.force);
  await saved(page);
}

const PAGES = new Map([
  ["REG", "regulasi"],
  ["LEM", "kelembagaan"],
  ["MEK", "mekanisme-kerja"],
  ["SDM", "sdm"],
  ["DAT", "sistem-data"],
]);

/** Shows a document for an item of the checklist and asks for its verification. */
export async function evidence(
  page: Page,
  [item, kind, title]: readonly [string, string, string],
): Promise<void> {
  const component = PAGES.get(item.split("-")[0] ?? "") ?? "";
  await page.goto(`${HOME}/${component}?bagian=daftar-periksa&butir=${item}`);
  const row = rowOf(page, item);
  await row.getByRole("button", { name: /^Tambah bukti/ }).click();
  const dialog = page.getByRole("dialog");
  const kinds = dialog.getByRole("combobox", { name: "Jenis dokumen" });
  if ((await kinds.inputValue()) !== kind) await choose(page, kinds, kind);
  await fill(dialog, {
    Judul: title,
    Nomor: "00/contoh",
    "Tanggal dokumen": facts.daysAgo(30),
  });
  const chooser = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Unggah berkas" }).click();
  await (await chooser).setFiles(facts.pdf(`bukti-${item}`));
  await dialog.getByRole("button", { name: "Ajukan untuk verifikasi" }).click();
  await expect(dialog).toBeHidden();
  await expect(row.getByText("Diajukan. Peninjau provinsi atau kementerian")).toBeVisible();
  await expect(row.getByText("Menunggu verifikasi")).toBeVisible();
}

/** An item of a checklist. */
function rowOf(page: Page, item: string): Locator {
  return page.locator("li").filter({ has: page.locator(`#butir-${item}`) });
}

/** Decides on the evidence of an item, on the reviewer's page of the district. */
export async function review(
  page: Page,
  item: string,
  decision: "Verifikasi" | "Kembalikan dengan catatan",
  comment?: string,
): Promise<void> {
  await page.goto("/pusat/kabupaten/73.02");
  const row = rowOf(page, item);
  const head = page.locator(`#butir-${item}`);
  if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
  await row.getByRole("button", { name: decision, exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (comment) await dialog.getByLabel("Catatan untuk daerah").fill(comment);
  await dialog
    .getByRole("button", {
      name: decision === "Verifikasi" ? decision : "Kembalikan",
      exact: false,
    })
    .last()
    .click();
  await expect(dialog).toBeHidden();
  await expect(row.getByText(comment ?? "Terverifikasi").first()).toBeVisible();
}

/** Answers a returned document: another file, sent again. */
export async function resubmit(page: Page, item: string): Promise<void> {
  const row = rowOf(page, item);
  await row.getByRole("button", { name: /^Perbaiki/ }).click();
  const dialog = page.getByRole("dialog");
  const chooser = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Ganti berkas" }).click();
  await (await chooser).setFiles(facts.pdf("sk-pokja-lengkap"));
  await dialog.getByRole("button", { name: "Ajukan untuk verifikasi" }).click();
  await expect(dialog).toBeHidden();
  await expect(row.getByText("Menunggu verifikasi")).toBeVisible();
}
