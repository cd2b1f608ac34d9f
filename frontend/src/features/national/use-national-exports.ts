import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { oversightMembership, useMe } from "@/api/me";
import { csvBlob } from "@/lib/export/csv";
import { currentLanguage } from "@/lib/i18n";
import type { Writers } from "@/ui/download-menu";
import { overviewQuery } from "./overview";
import { type Report, reportOf, reportSheets, stuckSheets } from "./report";

const route = getRouteApi("/kerja/pusat");

/**
 * Writers of what the page shows with the filters of the address, from figures asked for anew: a page that was open over
 * lunch must not end in a folder. What writes XLSX and PDF is loaded with the first such file.
 */
export function useNationalExports(): { page: Writers; stuck: Writers } {
  const { t } = useTranslation(["national", "supervision", "common"]);
  const client = useQueryClient();
  const filters = route.useSearch();
  const membership = oversightMembership(useMe());
  const report = async (): Promise<Report> => {
    const overview = await client.fetchQuery({ ...overviewQuery(filters), staleTime: 0 });
    const province = membership?.scope === "province" ? membership.area_name : undefined;
    return reportOf(t, { overview, filters, province, asOf: new Date() });
  };
  return {
    page: {
      csv: async () => csvBlob((await report()).districts),
      xlsx: async () => {
        const [{ xlsxBlob }, made] = await Promise.all([import("@/lib/export/xlsx"), report()]);
        return xlsxBlob(reportSheets(t, made), currentLanguage());
      },
      pdf: async () => {
        const [{ reportPdf }, { loadFonts }, made] = await Promise.all([
          import("./report-pdf"),
          import("@/lib/export/pdf-fonts"),
          report(),
        ]);
        return reportPdf(t, made, await loadFonts());
      },
    },
    stuck: {
      csv: async () => csvBlob((await report()).stuck),
      xlsx: async () => {
        const [{ xlsxBlob }, made] = await Promise.all([import("@/lib/export/xlsx"), report()]);
        return xlsxBlob(stuckSheets(t, made), currentLanguage());
      },
    },
  };
}
