import { usePrefetchQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { componentKey, readinessQuery, standardQuery } from "@/api/readiness";
import type { ComponentKey } from "@/lib/components";
import { PageSkeleton } from "../loading";
import { ProblemAlert } from "../problem-alert";
import { ScoreBar } from "../score-bar";
import { Checklist } from "./checklist";
import { ProposalLine } from "./proposal-line";

interface Props {
  component: ComponentKey;
  code: string;
  butir?: string | undefined;
}

/** The checklist of a component on its own page, with its score. */
export function ComponentChecklist({ component, code, butir }: Props) {
  const { t } = useTranslation(["readiness", "common"]);
  const writes = may(membershipOf(useMe(), code), PERMISSION.setupWrite);
  usePrefetchQuery(standardQuery);
  const report = useQuery(readinessQuery(code));
  if (report.error) return <ProblemAlert error={report.error} onRetry={() => report.refetch()} />;
  if (!report.data) return <PageSkeleton />;
  const found = report.data.components.find((c) => componentKey(c.component) === component);
  if (!found) return null;
  return (
    <>
      <ScoreBar
        label={t("score", { component: t(`common:component.${component}`) })}
        claimed={found.claimed}
        verified={found.verified}
      />
      <ProposalLine standard={report.data.standard} />
      <Checklist code={code} component={found} mode={writes ? "work" : "read"} butir={butir} />
    </>
  );
}
