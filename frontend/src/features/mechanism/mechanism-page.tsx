import { Badge } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Code } from "@/api/setup/codes";
import { KINDS } from "@/api/setup/kinds";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Example } from "@/ui/record/example";
import { PartPage } from "@/ui/record/part-page";
import { AddButton, RecordList } from "@/ui/record/record-list";
import { codeName } from "@/ui/record/texts";

const route = getRouteApi("/kerja/d/$code/mekanisme-kerja");

/** SOPs and the rhythms around them. */
export function MechanismPage() {
  const { t } = useTranslation("mechanism");
  const { code } = route.useParams();
  const search = route.useSearch();
  return (
    <PartPage
      component="mechanism"
      code={code}
      search={search}
      title={t("title")}
      lead={t("lead")}
      parts={[
        {
          key: "sop",
          name: t("part.sops"),
          action: (
            <AddButton kind={KINDS.sop} code={code}>
              {t("add.sop")}
            </AddButton>
          ),
          content: <Sops code={code} />,
        },
        {
          key: "koordinasi",
          name: t("part.forums"),
          action: (
            <AddButton kind={KINDS.coordination_rhythm} code={code}>
              {t("add.forum")}
            </AddButton>
          ),
          content: <Forums code={code} />,
        },
        {
          key: "standar",
          name: t("part.standards"),
          action: (
            <AddButton kind={KINDS.service_standard} code={code}>
              {t("add.standard")}
            </AddButton>
          ),
          content: <Standards code={code} />,
        },
        {
          key: "supervisi",
          name: t("part.supervision"),
          action: (
            <AddButton kind={KINDS.supervision_rhythm} code={code}>
              {t("add.supervision")}
            </AddButton>
          ),
          content: <Supervision code={code} />,
        },
        {
          key: "survei",
          name: t("part.surveys"),
          action: (
            <AddButton kind={KINDS.satisfaction_survey} code={code}>
              {t("add.survey")}
            </AddButton>
          ),
          content: <Surveys code={code} />,
        },
      ]}
    />
  );
}

function Sops({ code }: { code: string }) {
  const { t } = useTranslation("mechanism");
  return (
    <>
      <Example>{t("example_sop")}</Example>
      <RecordList
        kind={KINDS.sop}
        code={code}
        caption={t("sops.caption")}
        nameLabel={t("sops.name")}
        columns={[
          {
            key: "kind",
            label: t("sops.kind"),
            render: ({ content }) => (content.kind ? codeName("sop_kind", content.kind) : "–"),
          },
          {
            key: "status",
            label: t("sops.status"),
            render: ({ content }) => (
              <Badge color={content.status === "in_force" ? "laut" : "gray"} variant="light">
                {t("sops.revision", {
                  status: codeName("sop_status", content.status ?? "draft"),
                  n: content.revision ?? 1,
                })}
              </Badge>
            ),
          },
          { key: "steps", label: t("sops.steps"), render: ({ content }) => content.steps.length },
        ]}
        subtitle={({ content }) => content.number || null}
        empty={{ title: t("sops.empty_title"), body: t("sops.empty") }}
      />
    </>
  );
}

const often = (frequency: Code<"frequency"> | null) =>
  frequency ? codeName("frequency", frequency) : "–";

function Forums({ code }: { code: string }) {
  const { t } = useTranslation("mechanism");
  const today = new Date().toISOString().slice(0, 10);
  return (
    <RecordList
      kind={KINDS.coordination_rhythm}
      code={code}
      caption={t("forums.caption")}
      nameLabel={t("forums.name")}
      columns={[
        {
          key: "frequency",
          label: t("forums.frequency"),
          render: ({ content }) => often(content.frequency),
        },
        {
          key: "next",
          label: t("forums.next"),
          render: ({ content }) => {
            const next = content.next_dates.find((day) => day >= today);
            return next ? formatDate(next, currentLanguage()) : t("forums.none");
          },
        },
      ]}
      empty={{ title: t("forums.empty_title"), body: t("forums.empty") }}
    />
  );
}

function Standards({ code }: { code: string }) {
  const { t } = useTranslation("mechanism");
  return (
    <RecordList
      kind={KINDS.service_standard}
      code={code}
      caption={t("standards.caption")}
      nameLabel={t("standards.name")}
      columns={[
        {
          key: "domain",
          label: t("standards.domain"),
          render: ({ content }) =>
            content.domain ? codeName("service_domain", content.domain) : t("standards.all"),
        },
        {
          key: "days",
          label: t("standards.days"),
          render: ({ content }) => content.working_days ?? "–",
        },
      ]}
      empty={{ title: t("standards.empty_title"), body: t("standards.empty") }}
    />
  );
}

function Supervision({ code }: { code: string }) {
  const { t } = useTranslation("mechanism");
  return (
    <RecordList
      kind={KINDS.supervision_rhythm}
      code={code}
      caption={t("supervision.caption")}
      nameLabel={t("supervision.name")}
      columns={[
        {
          key: "frequency",
          label: t("supervision.frequency"),
          render: ({ content }) => often(content.frequency),
        },
        {
          key: "roles",
          label: t("supervision.roles"),
          render: ({ content }) =>
            content.supervised_roles.map((role) => codeName("staff_role", role)).join(", ") || "–",
        },
      ]}
      empty={{ title: t("supervision.empty_title"), body: t("supervision.empty") }}
    />
  );
}

function Surveys({ code }: { code: string }) {
  const { t } = useTranslation("mechanism");
  return (
    <RecordList
      kind={KINDS.satisfaction_survey}
      code={code}
      caption={t("surveys.caption")}
      nameLabel={t("surveys.name")}
      columns={[
        {
          key: "period",
          label: t("surveys.period"),
          render: ({ content }) => often(content.period),
        },
        {
          key: "questions",
          label: t("surveys.questions"),
          render: ({ content }) => content.questions.length,
        },
      ]}
      empty={{ title: t("surveys.empty_title"), body: t("surveys.empty") }}
    />
  );
}
