import { Badge } from "@mantine/core";
import {
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleHalf2,
  IconClockExclamation,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ReadinessItem } from "@/api/readiness";

type State = ReadinessItem["state"];

const ICON = { size: 18, "aria-hidden": true } as const;
const LOOK: Record<State, { color: string; icon: React.ReactNode }> = {
  missing: { color: "gray", icon: <IconCircleDashed {...ICON} /> },
  in_progress: { color: "kunyit", icon: <IconCircleHalf2 {...ICON} /> },
  present: { color: "laut", icon: <IconCircle {...ICON} /> },
  verified: { color: "laut", icon: <IconCircleCheckFilled {...ICON} /> },
  expired: { color: "kunyit", icon: <IconClockExclamation {...ICON} /> },
};

/** The state of an item: shape and word, colour beside them. */
export function ItemStateBadge({ state }: { state: State }) {
  const { t } = useTranslation("readiness");
  const { color, icon } = LOOK[state];
  return (
    <Badge
      color={color}
      c={color === "gray" ? "dark.8" : undefined}
      variant="light"
      leftSection={icon}
      style={{ minWidth: "max-content" }}
    >
      {t(`state.${state}`)}
    </Badge>
  );
}
