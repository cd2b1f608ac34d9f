import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { KINDS } from "@/api/setup/kinds";
import { Example } from "@/ui/record/example";
import { PartPage } from "@/ui/record/part-page";
import { useRecordOptions } from "@/ui/record/record-field";
import { AddButton, RecordList } from "@/ui/record/record-list";
import { codeName } from "@/ui/record/texts";
import { StaffSummaryPart } from "./staff-summary";

const route = getRouteApi("/kerja/d/$code/sdm");

/** The people of the centre, and whether they are enough. */
export function StaffPage() {
  const { t } = useTranslation("staff");
  const { code } = route.useParams();
  const search = route.useSearch();
  return (
    <PartPage
      component="staff"
      code={code}
      search={search}
      title={t("title")}
      lead={t("lead")}
      parts={[
        {
          key: "petugas",
          name: t("part.people"),
          action: (
            <AddButton kind={KINDS.staff_member} code={code}>
              {t("add")}
            </AddButton>
          ),
          content: <People code={code} />,
        },
        { key: "rasio", name: t("part.summary"), content: <StaffSummaryPart code={code} /> },
      ]}
    />
  );
}

function People({ code }: { code: string }) {
  const { t } = useTranslation("staff");
  const agencies = useRecordOptions(code, ["agency"]);
  return (
    <>
      <Example>{t("example")}</Example>
      <RecordList
        kind={KINDS.staff_member}
        code={code}
        caption={t("caption")}
        nameLabel={t("name")}
        columns={[
          {
            key: "roles",
            label: t("roles"),
            render: ({ content }) =>
              content.roles.map((role) => codeName("staff_role", role)).join(", ") || t("none"),
          },
          {
            key: "employer",
            label: t("employer"),
            render: ({ content }) =>
              agencies.all.find((option) => option.value === content.employer_id)?.label ?? "–",
          },
          {
            key: "trainings",
            label: t("trainings"),
            render: ({ content }) =>
              content.trainings
                .map((row) => row.topic || (row.kind ? codeName("training_kind", row.kind) : ""))
                .filter(Boolean)
                .join(", ") || t("none"),
          },
        ]}
        subtitle={({ content }) => content.position || null}
        empty={{ title: t("empty_title"), body: t("empty") }}
      />
    </>
  );
}
