import { expect, type Page, test } from "@playwright/test";
import { lookAt } from "../../support/axe";
import { OwnSystem } from "../../support/system";
import { EVIDENCE, FLAGGED, REGULATION_EVIDENCE, SERVICES } from "./facts";
import { approve, firstAdmin, OFFICER, openOn, register } from "./opening";
import * as setup from "./setup";

const system = new OwnSystem();
test.beforeAll(() => system.start());
test.afterAll(() => system.close());

test("Bulukumba, from registration to its public page", async ({ browser }, info) => {
  test.skip(info.project.name !== "desktop", "one walk; the phone's width is looked at on the way");
  test.setTimeout(15 * 60_000);
  const open = (): Promise<Page> => openOn(system, browser);
  const officer = await open();
  const ministry = await open();

  await test.step("the ministry's first admin", () => firstAdmin(system, ministry));
  await test.step("registration, confirmed by mail", () => register(system, officer));
  await test.step("approval", async () => {
    await approve(system, ministry, officer);
    await lookAt(officer);
  });

  const write = [
    ["regulation", setup.regulation],
    ["institution", setup.institution],
    ["working mechanism", setup.mechanism],
    ["service range", setup.services],
    ["staff", setup.staff],
    ["data system", setup.dataSystem],
  ] as const;
  for (const [component, steps] of write) {
    await test.step(component, async () => {
      await steps(officer);
      await lookAt(officer);
    });
  }

  await test.step("everything but the regulation is shown; going live is refused with the list", async () => {
    for (const document of EVIDENCE) await setup.evidence(officer, document);
    await officer.goto("/d/73.02/tinjauan");
    await expect(officer.getByText(/Belum dapat diluncurkan: \d+ butir menghalangi/)).toBeVisible();
    for (const item of FLAGGED) {
      await expect(
        officer.getByRole("link", { name: new RegExp(`^${item} `) }).first(),
      ).toBeVisible();
    }
    await expect(officer.getByRole("button", { name: "Luncurkan layanan" })).toBeDisabled();
    await lookAt(officer);
  });

  await test.step("the regulation is promulgated and shown", async () => {
    await setup.promulgate(officer);
    await setup.evidence(officer, REGULATION_EVIDENCE);
  });

  await test.step("the ministry returns one document and verifies what the standard flags", async () => {
    await ministry.goto("/pusat/kabupaten");
    await ministry.getByRole("link", { name: "Kabupaten Bulukumba" }).click();
    await expect(ministry.getByRole("heading", { level: 1, name: /Bulukumba/ })).toBeVisible();
    await lookAt(ministry);
    await setup.review(
      ministry,
      "LEM-1",
      "Kembalikan dengan catatan",
      "Mohon lampirkan halaman tanda tangan.",
    );
    const { link } = await system.mail.mailTo(OFFICER.email, "/d/73.02/butir/LEM-1");
    await officer.goto(link);
    await expect(officer).toHaveURL(/kelembagaan\?.*butir=LEM-1/);
    await expect(officer.getByText("Mohon lampirkan halaman tanda tangan.")).toBeVisible();
    await lookAt(officer);
    await setup.resubmit(officer, "LEM-1");
    for (const item of FLAGGED) await setup.review(ministry, item, "Verifikasi");
  });

  await test.step("live, with a public page for everyone", async () => {
    await officer.goto("/d/73.02/tinjauan");
    await expect(officer.getByText("Siap diluncurkan")).toBeVisible();
    await lookAt(officer);
    await officer.getByRole("button", { name: "Luncurkan layanan" }).click();
    const sure = officer.getByRole("dialog");
    await sure.getByRole("button", { name: "Luncurkan layanan" }).click();
    await expect(officer.getByText("Layanan sudah diluncurkan", { exact: true })).toBeVisible();
    const { link } = await system.mail.mailTo(OFFICER.email, "/layanan/73.02");
    const family = await open();
    await family.goto(link);
    await expect(family.getByRole("heading", { level: 1 })).toContainText("PKSAI");
    await expect(family.getByText("Jalan Contoh 1, Ujung Bulu, Bulukumba")).toBeVisible();
    for (const [, service] of SERVICES)
      await expect(family.getByText(service).first()).toBeVisible();
    await expect(family.getByText("Contoh Supervisor")).toHaveCount(0);
    await lookAt(family);
  });
});
