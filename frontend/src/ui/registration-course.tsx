import { Text, Timeline } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Registration } from "@/api/types";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";

/** The states an application went through, newest first, with what the reviewer wrote. */
export function RegistrationCourse({ history }: { history: Registration["history"] }) {
  const { t } = useTranslation(["registration", "common"]);
  const newestFirst = [...history].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <Timeline active={newestFirst.length} bulletSize={18} lineWidth={2}>
      {newestFirst.map((event) => (
        <Timeline.Item key={`${event.at}${event.status}`} title={t(`state.${event.status}`)}>
          <Text c="dimmed">{formatMoment(event.at, currentLanguage())}</Text>
          {event.note ? <Text style={{ whiteSpace: "pre-line" }}>{event.note}</Text> : null}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
