import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Event } from "./calendar";

/** What the district answered, or that it still may. */
export function StateBadge({ row }: { row: Event }) {
  const { t } = useTranslation("calendar");
  const [color, text] = stateOf(row);
  return (
    <Badge variant="light" color={color} c="black" tt="none">
      {text === "registered"
        ? t("state.registered", { count: row.participants.length })
        : t(`state.${text}`)}
    </Badge>
  );
}

function stateOf(row: Event) {
  if (row.cancelled_at) return ["gray", "cancelled"] as const;
  if (row.answer === "registered") return ["laut", "registered"] as const;
  if (row.answer === "declined") return ["gray", "declined"] as const;
  return takesAnswers(row) ? (["kunyit", "open"] as const) : (["gray", "closed"] as const);
}

/** True while districts may answer, as far as the clock of this device knows. */
export function takesAnswers(row: Event): boolean {
  return !row.cancelled_at && new Date(row.event.register_until) >= new Date();
}
