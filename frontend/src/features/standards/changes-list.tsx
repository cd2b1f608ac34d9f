import { Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { StandardItemChange } from "@/api/standards";
import { currentLanguage } from "@/lib/i18n";
import { CardTable } from "@/ui/card-table";
import { Empty } from "@/ui/empty";
import { ChangeKinds } from "./change-kinds";
import { differingParts } from "./side";

/** Every item that is different, both versions side by side. */
export function ChangesList({ changes }: { changes: StandardItemChange[] }) {
  const { t } = useTranslation("standards");
  const language = currentLanguage();
  if (changes.length === 0) {
    return <Empty title={t("changes.none_title")}>{t("changes.none")}</Empty>;
  }
  return (
    <Stack component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {changes.map((change) => {
        const item = change.after ?? change.before;
        const parts = differingParts(change.before, change.after, t);
        const title = `${change.code} ${item?.title[language] ?? ""}`;
        return (
          <Paper key={change.code} component="li" withBorder p="md">
            <Group justify="space-between" gap="xs" mb="xs">
              <Text fw={600}>{title}</Text>
              <ChangeKinds kinds={change.kinds} />
            </Group>
            {parts.length > 0 ? (
              <CardTable
                caption={t("changes.table", { item: change.code })}
                rows={parts}
                rowKey={({ part }) => part}
                columns={[
                  {
                    key: "part",
                    label: t("changes.part"),
                    isName: true,
                    render: ({ part }) => t(`part.${part}`),
                  },
                  {
                    key: "before",
                    label: t("changes.before"),
                    render: ({ before }) => before || t("changes.nothing"),
                  },
                  {
                    key: "after",
                    label: t("changes.after"),
                    render: ({ after }) => after || t("changes.nothing"),
                  },
                ]}
              />
            ) : (
              <Text c="dimmed">{t("changes.judged")}</Text>
            )}
          </Paper>
        );
      })}
    </Stack>
  );
}
