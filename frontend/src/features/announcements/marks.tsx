import { Badge, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Marked {
  withdrawn_at?: string | null;
  replaced_by?: string | null;
  replaces?: string | null;
}

/** What became of an announcement, in a word each. */
export function Marks({ row }: { row: Marked }) {
  const { t } = useTranslation("announcements");
  const mark = row.withdrawn_at
    ? "withdrawn"
    : row.replaced_by
      ? "replaced"
      : row.replaces
        ? "correction"
        : null;
  if (!mark) return null;
  return (
    <Group gap="xs">
      <Badge variant="light" color={mark === "correction" ? "laut" : "gray"} tt="none">
        {t(`mark.${mark}`)}
      </Badge>
    </Group>
  );
}
