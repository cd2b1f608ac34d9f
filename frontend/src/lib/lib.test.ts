import { describe, expect, test } from "vitest";
import { describeDevice } from "./device";
import {
  formatClock,
  formatDate,
  formatFileSize,
  formatMoment,
  formatNumber,
  formatPhone,
} from "./format";
import { keyOf } from "./key-of";
import { readinessStep, shownPercent } from "./readiness";
import { asReturnPath } from "./return-path";
import { looksLikeEmail, looksLikePhone } from "./validate";

describe("format", () => {
  test("numbers, days and times are written the Indonesian way", () => {
    expect(formatNumber(1540, "id")).toBe("1.540");
    expect(formatDate("2020-03-17", "id")).toBe("17 Maret 2020");
    const moment = formatMoment("2020-03-16T00:30:00Z", "id", "Asia/Makassar");
    expect(moment).toBe("16 Maret 2020, pukul 08.30 WITA");
    expect(formatClock(new Date("2020-03-16T02:42:00Z"), "id", "Asia/Makassar")).toBe("10.42");
  });

  test("phone numbers are grouped as they are read aloud", () => {
    expect(formatPhone("+6281200000100")).toBe("+62 812-0000-0100");
    expect(formatPhone("+62413555010")).toBe("+62 413-5550-10");
    expect(formatPhone("+62215550101")).toBe("+62 21-5550-101");
    expect(formatPhone("+628120000010")).toBe("+62 812-0000-010");
    expect(formatPhone("+628123456789012")).toBe("+62 812-3456-7890-12");
    expect(formatPhone("110")).toBe("110");
  });

  test("a bare date stays the same day in every time zone", () => {
    expect(formatDate("2020-03-17", "id", "America/Los_Angeles")).toBe("17 Maret 2020");
  });

  test("file sizes round to what people say", () => {
    expect(formatFileSize(40, "id")).toBe("1 KB");
    expect(formatFileSize(734_000, "id")).toBe("734 KB");
    expect(formatFileSize(1_440_000, "id")).toBe("1,4 MB");
  });
});

describe("readiness", () => {
  test.each([
    [0, "none"],
    [0.2, "begun"],
    [39.9, "begun"],
    [40, "partial"],
    [75, "near"],
    [99.9, "near"],
    [100, "complete"],
  ])("%d percent is %s", (percent, step) => {
    expect(readinessStep(percent)).toBe(step);
  });

  test("rounding neither completes nor erases work", () => {
    expect(shownPercent(99.6)).toBe(99);
    expect(shownPercent(0.2)).toBe(1);
    expect(shownPercent(120)).toBe(100);
    expect(shownPercent(-3)).toBe(0);
  });
});

describe("return path", () => {
  test("own paths pass, other sites do not", () => {
    expect(asReturnPath("/d/73.06?x=1")).toBe("/d/73.06?x=1");
    for (const bad of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "javascript:1",
    ]) {
      expect(asReturnPath(bad), bad).toBeUndefined();
    }
    expect(asReturnPath(7)).toBeUndefined();
  });
});

describe("small readers", () => {
  test("email and phone shapes", () => {
    expect(looksLikeEmail("nama@dinsos.go.id")).toBe(true);
    expect(looksLikeEmail("nama@dinsos")).toBe(false);
    expect(looksLikePhone("+62 813-5555-0100")).toBe(true);
    expect(looksLikePhone("12345")).toBe(false);
    expect(looksLikePhone("telepon 0813 5555 0100")).toBe(false);
  });

  test("role keys are plain ASCII", () => {
    expect(keyOf("Operator DTSEN (kéc.)")).toBe("operator_dtsen_kec");
    expect(keyOf("!!!")).toBe("role");
    expect(keyOf("a".repeat(60))).toHaveLength(40);
  });

  test("devices are named", () => {
    const phone = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537 Chrome/120 Mobile Safari/537";
    expect(describeDevice(phone)).toEqual({ browser: "Chrome", system: "Android" });
    expect(describeDevice("curl/8.0")).toBeNull();
  });
});
