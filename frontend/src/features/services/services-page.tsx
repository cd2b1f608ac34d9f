import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Service } from "@/api/setup/content";
import { KINDS } from "@/api/setup/kinds";
import { Example } from "@/ui/record/example";
import { PartPage } from "@/ui/record/part-page";
import { useRecordOptions } from "@/ui/record/record-field";
import { AddButton, RecordList } from "@/ui/record/record-list";
import { codeName } from "@/ui/record/texts";
import { CoverageMatrix } from "./coverage-matrix";

const route = getRouteApi("/kerja/d/$code/rentang-layanan");

/** The catalogue of services, where the gaps are, and who finds children early. */
export function ServicesPage() {
  const { t } = useTranslation("services");
  const { code } = route.useParams();
  const search = route.useSearch();
  return (
    <PartPage
      component="services"
      code={code}
      search={search}
      title={t("title")}
      lead={t("lead")}
      parts={[
        {
          key: "katalog",
          name: t("part.catalogue"),
          action: (
            <AddButton kind={KINDS.service} code={code}>
              {t("add_service")}
            </AddButton>
          ),
          content: <Catalogue code={code} />,
        },
        {
          key: "cakupan",
          name: t("part.coverage"),
          content: <CoverageMatrix code={code} />,
        },
        {
          key: "deteksi-dini",
          name: t("part.detection"),
          action: (
            <AddButton kind={KINDS.early_detection} code={code}>
              {t("add_detection")}
            </AddButton>
          ),
          content: <Detection code={code} />,
        },
      ]}
    />
  );
}

function Catalogue({ code }: { code: string }) {
  const { t } = useTranslation("services");
  const agencies = useRecordOptions(code, ["agency"]);
  const providers = (service: Service) =>
    service.providers
      .flatMap(({ agency_id }) => agencies.all.find((o) => o.value === agency_id)?.label ?? [])
      .join(", ");
  return (
    <>
      <Example>{t("example")}</Example>
      <RecordList
        kind={KINDS.service}
        code={code}
        caption={t("catalogue.caption")}
        nameLabel={t("catalogue.name")}
        columns={[
          {
            key: "domain",
            label: t("catalogue.domain"),
            render: ({ content }) =>
              content.domain ? codeName("service_domain", content.domain) : "–",
          },
          {
            key: "providers",
            label: t("catalogue.providers"),
            render: ({ content }) => providers(content) || t("catalogue.none"),
          },
          {
            key: "days",
            label: t("catalogue.days_label"),
            render: ({ content: { working_days } }) =>
              working_days === null
                ? "–"
                : working_days === 0
                  ? t("catalogue.same_day")
                  : t("catalogue.days", { count: working_days }),
          },
        ]}
        empty={{ title: t("catalogue.empty_title"), body: t("catalogue.empty") }}
      />
    </>
  );
}

function Detection({ code }: { code: string }) {
  const { t } = useTranslation("services");
  return (
    <RecordList
      kind={KINDS.early_detection}
      code={code}
      caption={t("detection.caption")}
      nameLabel={t("detection.name")}
      columns={[
        {
          key: "villages",
          label: t("detection.villages"),
          render: ({ content }) => t("detection.reach", { count: content.village_codes.length }),
        },
      ]}
      empty={{ title: t("detection.empty_title"), body: t("detection.empty") }}
    />
  );
}
