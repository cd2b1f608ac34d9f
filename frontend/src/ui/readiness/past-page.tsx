import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { PageSkeleton } from "../loading";
import { Page } from "../page";
import { PastView } from "./past-view";

/** What the address of the page says: the day, and the version to judge by. */
export interface PastSearch {
  tanggal?: string | undefined;
  standar?: string | undefined;
}

interface Props {
  code: string;
  search: PastSearch;
  onSearch: (search: PastSearch) => void;
  /** The way back to today. */
  back: ReactNode;
}

/** How ready a district was on a past day, for its own people and for those who oversee it. */
export function PastReadinessPage({ code, search, onSearch, back }: Props) {
  const { t } = useTranslation("past");
  const district = useQuery(districtQuery(code));
  if (district.error) throw district.error;
  if (!district.data) return <PageSkeleton />;
  return (
    <Page title={t("title", { district: district.data.name })} lead={t("lead")}>
      {back}
      <PastView code={code} date={search.tanggal} standard={search.standar} onChange={onSearch} />
    </Page>
  );
}
