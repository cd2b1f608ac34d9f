import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StandardImpact } from "@/api/standards";
import { componentKey } from "@/lib/components";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable } from "@/ui/card-table";
import { AnchorLink } from "@/ui/links";

/** Two scores with their difference: "40,3% → 38% (−2,3)". */
function Scores({ before, after }: { before: number; after: number }) {
  const { t } = useTranslation("standards");
  const number = (value: number) => formatNumber(Math.round(value * 10) / 10, currentLanguage());
  const difference = Math.round((after - before) * 10) / 10;
  const sign = difference > 0 ? "+" : "";
  return (
    <span style={{ whiteSpace: "nowrap" }}>
      {t("impact.scores", { before: number(before), after: number(after) })}
      {difference === 0 ? null : (
        <Text component="span" c={difference < 0 ? "kunyit.8" : "laut.8"} fw={600}>
          {" "}
          ({sign}
          {number(difference)})
        </Text>
      )}
    </span>
  );
}

/** Districts with their scores before and after. */
export function ImpactTable({ rows }: { rows: StandardImpact[] }) {
  const { t } = useTranslation(["standards", "common"]);
  return (
    <CardTable
      sticky
      caption={t("impact.table")}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "name",
          label: t("impact.district"),
          isName: true,
          render: (row) => (
            <>
              <AnchorLink to="/pusat/kabupaten/$wilayah" params={{ wilayah: row.code }} fw={600}>
                {row.name}
              </AnchorLink>
              <Text c="dimmed" fw={400}>
                {row.province_name}
              </Text>
            </>
          ),
        },
        {
          key: "scores",
          label: t("impact.overall"),
          render: (row) => (
            <Stack gap={2}>
              <Named name={t("impact.verified")}>
                <Scores before={row.verified_before} after={row.verified_after} />
              </Named>
              <Named name={t("impact.claimed")}>
                <Scores before={row.claimed_before} after={row.claimed_after} />
              </Named>
            </Stack>
          ),
        },
        {
          key: "components",
          label: t("impact.components"),
          render: (row) => <MovedComponents row={row} />,
        },
        {
          key: "standing",
          label: t("impact.standing"),
          render: (row) => <Standing row={row} />,
        },
      ]}
    />
  );
}

/** A score below its name. */
function Named({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text c="dimmed">{name}</Text>
      {children}
    </div>
  );
}

/** The components whose verified score moves. */
function MovedComponents({ row }: { row: StandardImpact }) {
  const { t } = useTranslation(["standards", "common"]);
  const moved = row.detail.components.filter(
    ({ verified_before, verified_after, claimed_before, claimed_after }) =>
      verified_before !== verified_after || claimed_before !== claimed_after,
  );
  if (moved.length === 0) return "–";
  return (
    <Stack gap={2}>
      {moved.map((one) => (
        <Named key={one.component} name={t(`common:component.${componentKey(one.component)}`)}>
          <Scores before={one.verified_before} after={one.verified_after} />
        </Named>
      ))}
    </Stack>
  );
}

function Standing({ row }: { row: StandardImpact }) {
  const { t } = useTranslation("standards");
  const blockers = row.detail.new_blockers.join(", ");
  const missing = row.detail.newly_missing.join(", ");
  return (
    <Stack gap={2}>
      {missing ? <Text>{t("impact.missing", { items: missing })}</Text> : null}
      {row.loses_complete ? <Text>{t("impact.no_longer_complete")}</Text> : null}
      {row.is_live ? <Text>{t("impact.stays_live")}</Text> : null}
      {!row.is_live && blockers ? <Text>{t("impact.blocked_by", { items: blockers })}</Text> : null}
      {!row.is_live && !blockers && !missing ? "–" : null}
    </Stack>
  );
}
