import { Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { LegalInstrument, SetupRecord } from "@/api/setup/content";
import { KINDS } from "@/api/setup/kinds";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import type { Column } from "@/ui/card-table";
import { Example } from "@/ui/record/example";
import { PartPage } from "@/ui/record/part-page";
import { AddButton, RecordList } from "@/ui/record/record-list";
import { codeName } from "@/ui/record/texts";
import { currentStage, isEnacted } from "./stages";

const route = getRouteApi("/kerja/d/$code/regulasi");

/** The register of legal and planning instruments: what there is, how far it came, who has it. */
export function RegulationPage() {
  const { t } = useTranslation("regulation");
  const { code } = route.useParams();
  const columns: Column<SetupRecord<LegalInstrument>>[] = [
    {
      key: "kind",
      label: t("kind_label"),
      render: ({ content }) => (content.kind ? codeName("instrument_kind", content.kind) : "–"),
    },
    {
      key: "stage",
      label: t("stage_label"),
      render: ({ content }) => <StageNow content={content} />,
    },
    {
      key: "holder",
      label: t("holder_label"),
      render: ({ content }) => (isEnacted(content.stages) ? t("in_force") : content.held_by || "–"),
    },
  ];
  const register = (
    <>
      <Example>{t("example")}</Example>
      <RecordList
        kind={KINDS.legal_instrument}
        code={code}
        caption={t("caption")}
        nameLabel={t("name")}
        columns={columns}
        subtitle={({ content }) =>
          content.number && content.year
            ? t("number_year", { number: content.number, year: content.year })
            : null
        }
        empty={{ title: t("empty_title"), body: t("empty") }}
      />
    </>
  );
  return (
    <PartPage
      component="regulation"
      code={code}
      search={route.useSearch()}
      title={t("title")}
      lead={t("lead")}
      parts={[
        {
          key: "register",
          name: t("register"),
          action: (
            <AddButton kind={KINDS.legal_instrument} code={code}>
              {t("add")}
            </AddButton>
          ),
          content: register,
        },
      ]}
    />
  );
}

function StageNow({ content }: { content: LegalInstrument }) {
  const { t } = useTranslation("regulation");
  const stage = currentStage(content.stages);
  if (!stage) return t("no_stage");
  const since = content.stages.findLast((entry) => entry.stage === stage)?.reached_on;
  return (
    <>
      {codeName("instrument_stage", stage)}
      {since ? (
        <Text c="dimmed">{t("since", { day: formatDate(since, currentLanguage()) })}</Text>
      ) : null}
    </>
  );
}
