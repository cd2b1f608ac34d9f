import { signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { expect, test } from "../support/test";

const REASON = "Contoh: koordinator dimutasi ke dinas lain.";

test("a supervisor asks for a successor; the province decides, and the member coordinates", async ({
  page,
  browser,
}, info) => {
  // Each size has a district of its own. Nobody leaves: other stories go on with the coordinator that is there.
  const [code, place] = info.project.name === "phone" ? ["73.02", "bulukumba"] : ["73.06", "gowa"];
  const successor = `manajerkasus.${place}@demo.satupintu.example`;
  const reviewer = await (await browser.newContext()).newPage();
  await signIn(page, `supervisor.${place}@demo.satupintu.example`);
  await page.goto(`/d/${code}/anggota`);
  await page.getByRole("link", { name: "Pergantian koordinator" }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "Pergantian koordinator" }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Ajukan pengganti" }).click();
  const ask = page.getByRole("dialog", { name: "Ajukan pengganti koordinator" });
  await ask.getByLabel("Surel pengganti").fill(successor);
  await ask.getByLabel("Alasan").fill("mutasi");
  await ask.getByRole("button", { name: "Kirim permintaan" }).click();
  await expect(ask.getByText("sedikitnya 10 karakter")).toBeVisible();
  await expectAccessible(page);
  await expectNoSideways(page);
  await ask.getByLabel("Alasan").fill(REASON);
  await ask.locator(".mantine-Select-section button").click();
  await ask.getByRole("button", { name: "Kirim permintaan" }).click();
  await expect(page.getByText("Permintaan dikirim.")).toBeVisible();
  await expect(page.getByText("Anda mengajukannya, jadi orang lain")).toBeVisible();
  await expectAccessible(page);
  await expectNoSideways(page);

  await signIn(reviewer, "sulsel@demo.satupintu.example");
  await reviewer.goto(`/pusat/kabupaten/${code}`);
  await reviewer.getByRole("link", { name: "Pergantian koordinator" }).click();
  await expect(reviewer.getByText(REASON)).toBeVisible();
  await expectAccessible(reviewer);
  await expectNoSideways(reviewer);
  await reviewer.getByRole("button", { name: "Setujui" }).click();
  const approve = reviewer.getByRole("dialog", {
    name: "Setujui pengganti koordinator?",
  });
  await expectAccessible(reviewer);
  await approve.getByRole("button", { name: "Setujui" }).click();
  await expect(reviewer.getByText(`${successor} sekarang koordinator.`)).toBeVisible();
  await expect(reviewer.getByRole("heading", { name: "Pergantian sebelumnya" })).toBeVisible();
  await expectNoSideways(reviewer);

  const member = await (await browser.newContext()).newPage();
  await signIn(member, successor);
  await member.goto(`/d/${code}/anggota`);
  await expect(member.getByRole("button", { name: "Undang anggota" })).toBeVisible();
});
