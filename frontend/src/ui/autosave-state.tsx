import { Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCloudUpload, IconPencil } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatClock } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";

/** Where the text of a form is right now. */
export type SaveState =
  | { kind: "untouched" }
  | { kind: "changed" }
  | { kind: "saving" }
  | { kind: "saved"; at: Date }
  | { kind: "waiting" }
  | { kind: "refused" };

/**
 * Shows "Tersimpan 10.42" and its siblings. It speaks through a polite live region, and only when
 * the state means something to the person: not at every key press.
 */
export function AutosaveState({ state }: { state: SaveState }) {
  const { t } = useTranslation();
  const shown = appearance(state, (key, values) => t(`save.${key}`, values ?? {}));
  return (
    <Group gap={6} mih="1.5rem" wrap="nowrap" c={shown?.alarming ? "red.9" : "dimmed"}>
      {shown?.icon}
      <Text
        component="output"
        size="sm"
        aria-live={state.kind === "refused" ? "assertive" : "polite"}
      >
        {shown?.text}
      </Text>
    </Group>
  );
}

interface Appearance {
  icon: ReactNode;
  text: string;
  alarming?: boolean;
}

type SaveText = "changed" | "saving" | "saved" | "waiting" | "refused";

function appearance(
  state: SaveState,
  t: (key: SaveText, values?: { time: string }) => string,
): Appearance | null {
  switch (state.kind) {
    case "untouched":
      return null;
    case "changed":
      return { icon: <IconPencil size={18} aria-hidden />, text: t("changed") };
    case "saving":
      return { icon: <IconCloudUpload size={18} aria-hidden />, text: t("saving") };
    case "saved":
      return {
        icon: <IconCheck size={18} aria-hidden />,
        text: t("saved", { time: formatClock(state.at, currentLanguage()) }),
      };
    case "waiting":
      return { icon: <IconCloudUpload size={18} aria-hidden />, text: t("waiting") };
    case "refused":
      return {
        icon: <IconAlertTriangle size={18} aria-hidden />,
        text: t("refused"),
        alarming: true,
      };
  }
}
