import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Agency, SetupRecord, Team } from "@/api/setup/content";
import { KINDS } from "@/api/setup/kinds";
import type { Column } from "@/ui/card-table";
import { Example } from "@/ui/record/example";
import { PartPage } from "@/ui/record/part-page";
import { AddButton, RecordList } from "@/ui/record/record-list";
import { codeName } from "@/ui/record/texts";
import { OrgChart } from "./org-chart";

const route = getRouteApi("/kerja/d/$code/kelembagaan");

/** Teams, agencies, and the chart drawn from the teams. */
export function InstitutionPage() {
  const { t } = useTranslation("institution");
  const { code } = route.useParams();
  const search = route.useSearch();
  return (
    <PartPage
      component="institution"
      code={code}
      search={search}
      title={t("title")}
      lead={t("lead")}
      parts={[
        {
          key: "tim",
          name: t("part.teams"),
          action: (
            <AddButton kind={KINDS.team} code={code}>
              {t("add_team")}
            </AddButton>
          ),
          content: <Teams code={code} />,
        },
        {
          key: "instansi",
          name: t("part.agencies"),
          action: (
            <AddButton kind={KINDS.agency} code={code}>
              {t("add_agency")}
            </AddButton>
          ),
          content: <Agencies code={code} />,
        },
        { key: "bagan", name: t("part.chart"), content: <OrgChart code={code} /> },
      ]}
    />
  );
}

function Teams({ code }: { code: string }) {
  const { t } = useTranslation("institution");
  const columns: Column<SetupRecord<Team>>[] = [
    {
      key: "kind",
      label: t("teams.kind"),
      render: ({ content }) => (content.kind ? codeName("team_kind", content.kind) : "–"),
    },
    {
      key: "positions",
      label: t("teams.positions"),
      render: ({ content: { positions } }) =>
        positions.length === 0
          ? t("teams.none")
          : t("teams.filled", {
              filled: positions.filter((row) => row.holder || row.staff_id).length,
              count: positions.length,
            }),
    },
  ];
  return (
    <>
      <Example>{t("example_team")}</Example>
      <RecordList
        kind={KINDS.team}
        code={code}
        caption={t("teams.caption")}
        nameLabel={t("teams.name")}
        columns={columns}
        empty={{ title: t("teams.empty_title"), body: t("teams.empty") }}
      />
    </>
  );
}

function Agencies({ code }: { code: string }) {
  const { t } = useTranslation("institution");
  const columns: Column<SetupRecord<Agency>>[] = [
    {
      key: "focal",
      label: t("agencies.focal"),
      render: ({ content }) =>
        content.focal_points
          .map((point) => point.name)
          .filter(Boolean)
          .join(", ") || t("agencies.none"),
    },
    {
      key: "domains",
      label: t("agencies.domains"),
      render: ({ content }) =>
        content.domains.map((domain) => codeName("service_domain", domain)).join(", ") ||
        t("agencies.none"),
    },
  ];
  return (
    <>
      <Example>{t("example_agency")}</Example>
      <RecordList
        kind={KINDS.agency}
        code={code}
        caption={t("agencies.caption")}
        nameLabel={t("agencies.name")}
        columns={columns}
        subtitle={({ content }) => (content.kind ? codeName("agency_kind", content.kind) : null)}
        empty={{ title: t("agencies.empty_title"), body: t("agencies.empty") }}
      />
    </>
  );
}
