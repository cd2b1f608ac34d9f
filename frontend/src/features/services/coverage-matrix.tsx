import { Alert, Table, Text } from "@mantine/core";
import { IconCircleDashed } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { query } from "@/api/client";
import { CODES } from "@/api/setup/codes";
import { PageSkeleton } from "@/ui/loading";
import { ProblemAlert } from "@/ui/problem-alert";
import { codeName } from "@/ui/record/texts";
import classes from "./coverage.module.css";

/** Eight services × three tiers: what is there, and where nobody gives anything. */
export function CoverageMatrix({ code }: { code: string }) {
  const { t } = useTranslation("services");
  const answer = query.useQuery("get", "/api/v1/districts/{code}/setup/service-range/coverage", {
    params: { path: { code } },
  });
  if (answer.error) return <ProblemAlert error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <PageSkeleton />;
  const coverage = answer.data;
  const gaps = coverage.domains.filter((line) => line.is_gap);
  return (
    <>
      <Text>{t("coverage.lead")}</Text>
      <Alert color={gaps.length > 0 ? "kunyit" : "laut"} variant="light">
        {gaps.length > 0
          ? t("coverage.gaps", {
              domains: gaps.map((line) => codeName("service_domain", line.domain)).join(", "),
            })
          : t("coverage.gaps_none")}
      </Alert>
      <Table className={classes.table} withTableBorder withColumnBorders>
        <Table.Caption className={classes.caption}>{t("coverage.caption")}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("coverage.domain")}</Table.Th>
            {CODES.tier.map((tier) => (
              <Table.Th scope="col" key={tier}>
                {codeName("tier", tier)}
              </Table.Th>
            ))}
            <Table.Th scope="col">{t("coverage.all")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {coverage.domains.map((line) => (
            <Table.Tr key={line.domain}>
              <Table.Th scope="row">{codeName("service_domain", line.domain)}</Table.Th>
              {CODES.tier.map((tier) => {
                const cell = coverage.cells.find(
                  (found) => found.domain === line.domain && found.tier === tier,
                );
                return (
                  <Cell
                    key={tier}
                    name={codeName("tier", tier)}
                    cell={cell ?? { ...line, services: 0, is_gap: true }}
                  />
                );
              })}
              <Cell name={t("coverage.all")} cell={line} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

interface CellProps {
  name: string;
  cell: { services: number; providers: number; is_gap: boolean };
}

function Cell({ name, cell }: CellProps) {
  const { t } = useTranslation("services");
  return (
    <Table.Td data-label={name} data-gap={cell.is_gap || undefined}>
      {cell.is_gap ? (
        <span className={classes.gap}>
          <IconCircleDashed size={18} aria-hidden />
          {t("coverage.gap")}
        </span>
      ) : (
        <>
          <b>{t("coverage.cell", { count: cell.services })}</b>
          <Text component="span" display="block" c="dimmed">
            {t("coverage.by", { count: cell.providers })}
          </Text>
        </>
      )}
    </Table.Td>
  );
}
