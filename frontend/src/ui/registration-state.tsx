import { Badge } from "@mantine/core";
import {
  IconCheck,
  IconClock,
  IconCornerUpLeft,
  IconHourglassOff,
  IconMail,
  IconPencil,
  IconThumbUp,
  IconX,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RegistrationStatus } from "@/api/types";

const LOOK: Record<RegistrationStatus, { color: string; Icon: typeof IconCheck }> = {
  awaiting_email_confirmation: { color: "gray.8", Icon: IconMail },
  draft: { color: "gray.8", Icon: IconPencil },
  submitted: { color: "laut", Icon: IconClock },
  endorsed: { color: "laut", Icon: IconThumbUp },
  returned: { color: "kunyit.8", Icon: IconCornerUpLeft },
  approved: { color: "laut", Icon: IconCheck },
  rejected: { color: "gray.8", Icon: IconX },
  expired: { color: "gray.8", Icon: IconHourglassOff },
};

/** State of an application: word and shape; colour only helps. */
export function RegistrationState({ status }: { status: RegistrationStatus }) {
  const { t } = useTranslation(["registration", "common"]);
  const { color, Icon } = LOOK[status];
  return (
    <Badge
      size="lg"
      variant={status === "approved" ? "filled" : "outline"}
      color={color}
      leftSection={<Icon size={16} aria-hidden />}
    >
      {t(`state.${status}`)}
    </Badge>
  );
}
