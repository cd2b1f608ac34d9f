import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { setApiBaseUrl } from "@/api/config";
import { meQuery } from "@/api/me";
import { type Preferences, type PreferencesUpdate, preferencesQuery } from "@/api/notifications";
import { PreferencesPage } from "./preferences-page";

vi.mock("@/ui/links", () => ({ BackLink: () => null }));

const PATH = "/api/v1/notifications/preferences";
const BOTH: Preferences["kinds"][number]["choices"] = ["mail", "app"];
let stored: Preferences;
let version: number;
const sent: { body: PreferencesUpdate; ifMatch: string | null }[] = [];

/** A service that holds one person's choices and refuses what was made from an older version. */
async function service(input: Request): Promise<Response> {
  const request = new Request(input);
  if (new URL(request.url).pathname !== PATH) throw new TypeError("network");
  if (request.method === "PUT") {
    const body = (await request.json()) as PreferencesUpdate;
    const ifMatch = request.headers.get("If-Match");
    sent.push({ body, ifMatch });
    if (ifMatch !== `"${version}"`) {
      const problem = { type: "about:blank", title: "Sudah berubah", status: 412 };
      return new Response(JSON.stringify({ ...problem, code: "stale", request_id: "r" }), {
        status: 412,
        headers: { "Content-Type": "application/problem+json" },
      });
    }
    change(body);
  }
  return new Response(JSON.stringify(stored), {
    headers: { "Content-Type": "application/json", ETag: `"${version}"` },
  });
}

function change({ channels, ...rest }: Partial<PreferencesUpdate>): void {
  const kinds = stored.kinds.map((one) => ({
    ...one,
    channel: channels?.[one.kind] ?? one.channel,
  }));
  stored = { ...stored, ...rest, kinds };
  version += 1;
}

function show(memberships: { scope: string }[] = []): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(meQuery.queryKey, { value: { memberships }, etag: null } as never);
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <PreferencesPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return client;
}

const rhythm = (name: RegExp) => screen.getByRole<HTMLInputElement>("radio", { name });
const save = () => userEvent.click(screen.getByRole("button", { name: "Simpan pilihan" }));

beforeAll(() => i18next.loadNamespaces("notifications"));
beforeEach(() => {
  setApiBaseUrl("http://api.test");
  vi.stubGlobal("fetch", service);
  version = 1;
  sent.length = 0;
  stored = {
    kinds: [
      { kind: "went_live", label: "Layanan diaktifkan", channel: "mail", choices: BOTH },
      { kind: "registration_submitted", label: "Permohonan baru", channel: "app", choices: BOTH },
    ],
    rhythm: "daily",
    digest_hour: 7,
    quiet_from: null,
    quiet_until: null,
    time_zone: "Asia/Jakarta",
  };
});
afterEach(() => vi.unstubAllGlobals());

test("unsaved choices outlive a later read of what is stored", async () => {
  const client = show();
  await userEvent.click(await screen.findByRole("radio", { name: /Setiap Senin/ }));
  await save();
  await screen.findByText("Pilihan Anda tersimpan.");
  expect(client.getQueryData(preferencesQuery.queryKey)?.etag).toBe('"2"');

  await userEvent.click(rhythm(/Jangan kirim/));
  change({ quiet_from: 20, quiet_until: 6 });
  await client.refetchQueries({ queryKey: preferencesQuery.queryKey });
  expect(rhythm(/Jangan kirim/).checked).toBe(true);
});

test("a refusal as stale keeps message and choices, and what one did not touch is as stored", async () => {
  show();
  await userEvent.click(await screen.findByRole("checkbox"));
  change({ rhythm: "off", channels: { went_live: "app" } });
  await save();
  await screen.findByText(/Sudah berubah/);
  expect(screen.getByRole<HTMLInputElement>("checkbox").checked).toBe(true);
  expect(rhythm(/Jangan kirim/).checked).toBe(true);
  expect(version).toBe(2);

  await save();
  await screen.findByText("Pilihan Anda tersimpan.");
  expect(sent.map(({ ifMatch }) => ifMatch)).toEqual(['"1"', '"2"']);
  expect(sent[1]?.body).toEqual({
    channels: { went_live: "app", registration_submitted: "app" },
    rhythm: "off",
    quiet_from: 20,
    quiet_until: 6,
  });
});

test("only oversight is asked about applications", async () => {
  show([{ scope: "district" }]);
  await screen.findByRole("combobox", { name: "Layanan diaktifkan" });
  expect(screen.queryByRole("combobox", { name: "Permohonan baru" })).toBeNull();
});

test("a province is asked about applications", async () => {
  show([{ scope: "province" }]);
  expect(await screen.findByRole("combobox", { name: "Permohonan baru" })).toBeTruthy();
});
