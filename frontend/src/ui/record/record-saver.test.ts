import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ConnectionError, ProblemError } from "@/api/problem";
import type { Agency, SetupRecord } from "@/api/setup/content";
import { KINDS } from "@/api/setup/kinds";
import { createRecord, getRecord, putRecord } from "@/api/setup/records";
import { RecordSaver } from "./record-saver";
import { clearStashes, readStash } from "./stash";

vi.mock("@/api/setup/records");

const stale = new ProblemError({
  type: "about:blank",
  title: "stale",
  status: 412,
  code: "stale",
  request_id: "r",
});

function record(version: number, part: Partial<Agency>): SetupRecord<Agency> {
  return {
    id: "i",
    position: 1,
    title: part.name ?? "",
    content: { ...KINDS.agency.empty, ...part },
    complete: false,
    missing: [],
    archived: false,
    version,
    created_at: "2026-03-01T00:00:00Z",
    updated_at: "2026-03-01T00:00:00Z",
    updated_by_name: "Budi Misal",
  };
}
const stored = (version: number, part: Partial<Agency>) => ({
  value: record(version, part),
  etag: `"${version}"`,
});
const open = (version = 1, part: Partial<Agency> = { name: "Dukcapil" }) =>
  new RecordSaver(KINDS.agency, "73.02", "i", stored(version, part));
const rename = (name: string) => (now: Agency) => ({ ...now, name });

beforeEach(() => {
  vi.useFakeTimers();
  clearStashes();
});
afterEach(() => {
  vi.useRealTimers();
  vi.resetAllMocks();
});

describe("RecordSaver", () => {
  test("sends once after a pause, against the version that was read", async () => {
    vi.mocked(putRecord).mockResolvedValue(stored(2, { name: "Disdukcapil" }));
    const saver = open();
    saver.change(rename("Disduk"));
    saver.change(rename("Disdukcapil"));
    expect(putRecord).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(vi.mocked(putRecord).mock.calls.map((c) => [(c[3] as Agency).name, c[4]])).toEqual([
      ["Disdukcapil", '"1"'],
    ]);
    expect(saver.snapshot().save.kind).toBe("saved");
    expect(readStash("73.02", "agency", "i")).toBeNull();
  });

  test("a new record is made with the first text, and sent again under the same key", async () => {
    vi.mocked(createRecord).mockRejectedValueOnce(new ConnectionError());
    vi.mocked(createRecord).mockResolvedValueOnce(stored(1, { name: "Bapas" }));
    const saver = new RecordSaver(KINDS.agency, "73.02", "i", null);
    await saver.flush();
    expect(createRecord).not.toHaveBeenCalled();
    saver.change(rename("Bapas"));
    await saver.flush();
    expect(saver.snapshot().save.kind).toBe("waiting");
    await vi.advanceTimersByTimeAsync(16_000);
    const keys = vi.mocked(createRecord).mock.calls.map((call) => call[4]);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(saver.snapshot().record?.version).toBe(1);
  });

  test("another person's change of another field is joined and said", async () => {
    vi.mocked(putRecord).mockRejectedValueOnce(stale);
    vi.mocked(getRecord).mockResolvedValueOnce(stored(2, { name: "Dukcapil", phone: "0413 81" }));
    vi.mocked(putRecord).mockResolvedValueOnce(stored(3, { name: "Disduk", phone: "0413 81" }));
    const saver = open();
    saver.change(rename("Disduk"));
    await saver.flush();
    await vi.advanceTimersByTimeAsync(100);
    expect(vi.mocked(putRecord).mock.calls[1]?.[3]).toMatchObject({
      name: "Disduk",
      phone: "0413 81",
    });
    expect(vi.mocked(putRecord).mock.calls[1]?.[4]).toBe('"2"');
    expect(saver.snapshot().joined).toMatchObject({ by: "Budi Misal", taken: [["phone"]] });
  });

  test("two texts for one field wait for a person; nothing is sent meanwhile", async () => {
    vi.mocked(putRecord).mockRejectedValueOnce(stale);
    vi.mocked(getRecord).mockResolvedValueOnce(stored(2, { name: "Milik dia" }));
    const saver = open();
    saver.change(rename("Milik saya"));
    await saver.flush();
    const { conflict } = saver.snapshot();
    expect(conflict?.merged.conflicts[0]).toMatchObject({
      mine: "Milik saya",
      theirs: "Milik dia",
    });
    await saver.flush();
    expect(putRecord).toHaveBeenCalledOnce();
    vi.mocked(putRecord).mockResolvedValueOnce(stored(3, { name: "Keduanya" }));
    saver.settle({ ...KINDS.agency.empty, name: "Keduanya" });
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.mocked(putRecord).mock.calls[1]?.[4]).toBe('"2"');
    expect(saver.snapshot().record?.content.name).toBe("Keduanya");
  });

  test("unsent text outlives the page and meets a newer version without loss", async () => {
    const first = open();
    first.change(rename("Belum terkirim"));
    first.stop();
    expect(open().snapshot().values.name).toBe("Belum terkirim");
    const later = open(5, { name: "Milik dia" });
    expect(later.snapshot().conflict?.merged.conflicts[0]).toMatchObject({
      mine: "Belum terkirim",
      theirs: "Milik dia",
    });
  });

  test("what is changed back is not sent, and no longer called unsaved", async () => {
    const saver = open();
    saver.change(rename("Disduk"));
    saver.change(rename("Dukcapil "));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(putRecord).not.toHaveBeenCalled();
    expect(saver.snapshot().save.kind).toBe("untouched");
    expect(readStash("73.02", "agency", "i")).toBeNull();
  });

  test("the service's own writing of a field is neither sent again nor put under the hands", async () => {
    const written = stored(2, { name: "Dukcapil", phone: "+62413555010" });
    vi.mocked(putRecord).mockResolvedValue(written);
    const saver = open();
    saver.change((now) => ({ ...now, phone: "0413 555 010" }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(putRecord).toHaveBeenCalledOnce();
    expect(saver.snapshot()).toMatchObject({
      save: { kind: "saved" },
      values: { phone: "0413 555 010" },
    });
    vi.mocked(putRecord).mockReset();
    vi.mocked(putRecord).mockRejectedValueOnce(stale);
    vi.mocked(putRecord).mockResolvedValueOnce(stored(4, {}));
    vi.mocked(getRecord).mockResolvedValueOnce(stored(3, { name: "Dukcapil", phone: "110" }));
    saver.change(rename("Disduk"));
    await saver.flush();
    await vi.advanceTimersByTimeAsync(100);
    expect(saver.snapshot().conflict).toBeNull();
    expect(vi.mocked(putRecord).mock.calls[1]?.[3]).toMatchObject({ name: "Disduk", phone: "110" });
  });

  test("a first answer that was lost is found again, with what was typed since", async () => {
    vi.mocked(createRecord).mockRejectedValueOnce(new ConnectionError());
    vi.mocked(createRecord).mockRejectedValueOnce(
      new ProblemError({
        type: "about:blank",
        title: "",
        status: 422,
        code: "idempotency_key_reused",
        request_id: "r",
      }),
    );
    vi.mocked(getRecord).mockResolvedValueOnce(stored(1, { name: "Ba" }));
    vi.mocked(putRecord).mockResolvedValueOnce(stored(2, { name: "Bapas" }));
    const saver = new RecordSaver(KINDS.agency, "73.02", "i", null);
    saver.change(rename("Ba"));
    await saver.flush();
    saver.change(rename("Bapas"));
    await saver.flush();
    await vi.advanceTimersByTimeAsync(100);
    expect(saver.snapshot().conflict).toBeNull();
    expect(vi.mocked(putRecord).mock.calls[0]?.[3]).toMatchObject({ name: "Bapas" });
    expect(saver.snapshot().save.kind).toBe("saved");
  });

  test("a refusal names the fields and keeps the text", async () => {
    vi.mocked(putRecord).mockRejectedValueOnce(
      new ProblemError({
        type: "about:blank",
        title: "Isian",
        status: 422,
        code: "invalid_input",
        request_id: "r",
        errors: [
          { field: "content.focal_points.0.phone", code: "phone", message: "Nomor keliru." },
        ],
      }),
    );
    const saver = open();
    saver.change(rename("Bapas"));
    await saver.flush();
    expect(saver.snapshot()).toMatchObject({
      save: { kind: "refused" },
      errors: { "focal_points.0.phone": "Nomor keliru." },
      values: { name: "Bapas" },
    });
  });
});
