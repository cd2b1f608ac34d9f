import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { components } from "@/api/schema.gen";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable, type Column } from "@/ui/card-table";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { RegistrationState } from "@/ui/registration-state";

type InvitedDistrict = components["schemas"]["InvitedDistrict"];

interface Props {
  /** Only of the province with this code. */
  province: string | undefined;
  /** Only with this text in the name. */
  search: string | undefined;
}

/** Districts that were invited and are not here yet, each with where its invitation was announced. */
export function InvitedDistricts({ province, search }: Props) {
  const { t } = useTranslation("supervision");
  const columns = useColumns();
  const invited = useQuery({
    queryKey: ["oversight-invited-districts"],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/oversight/invited-districts", {
        params: { query: { limit: 200 } },
        signal,
      });
      return data?.items ?? [];
    },
  });
  const wanted = search?.toLowerCase() ?? "";
  const rows = (invited.data ?? []).filter(
    (row) =>
      (!province || row.province_code === province) && row.name.toLowerCase().includes(wanted),
  );
  if (!invited.error && rows.length === 0) {
    return null;
  }
  return (
    <Section title={t("invited.title")}>
      <Text mb="sm">{t("invited.lead")}</Text>
      <ProblemAlert error={invited.error} onRetry={() => invited.refetch()} />
      {rows.length > 0 ? (
        <CardTable
          caption={t("invited.table")}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
        />
      ) : null}
    </Section>
  );
}

function useColumns(): Column<InvitedDistrict>[] {
  const { t } = useTranslation("supervision");
  return [
    {
      key: "name",
      label: t("col.name"),
      isName: true,
      render: (row) => (
        <>
          {row.name}
          <Text c="dimmed" fw={400}>
            {row.province_name}
          </Text>
        </>
      ),
    },
    {
      key: "invited",
      label: t("invited.col.invited"),
      render: (row) => (
        <>
          {formatDate(row.invited_on, currentLanguage())}
          <Text c="dimmed">{t("invited.source", { source: row.source })}</Text>
        </>
      ),
    },
    {
      key: "application",
      label: t("invited.col.application"),
      render: (row) =>
        row.application ? <RegistrationState status={row.application} /> : t("invited.not_applied"),
    },
  ];
}
