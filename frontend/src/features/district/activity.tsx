import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { query } from "@/api/client";
import { type AnyKind, KINDS, type KindKey } from "@/api/setup/kinds";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Section } from "@/ui/page";
import { kindName } from "@/ui/record/texts";
import classes from "./home.module.css";

const SHOWN = 8;
const ACTIONS = ["create", "update", "archive", "restore", "move"] as const;
type Action = (typeof ACTIONS)[number];

/** The latest changes of the setup, from the audit trail; sign-ins and other events are left out. */
export function Activity({ code, timeZone }: { code: string; timeZone: string }) {
  const { t } = useTranslation("district");
  const events = query.useQuery("get", "/api/v1/districts/{code}/audit-events", {
    params: { path: { code }, query: { limit: 50 } },
  });
  const rows = (events.data?.items ?? [])
    .filter(({ entity }) => entity in KINDS || entity === "evidence")
    .slice(0, SHOWN);
  if (rows.length === 0) return null;
  return (
    <Section title={t("activity_title")}>
      <ol className={classes.steps}>
        {rows.map((event) => {
          const action = ACTIONS.find((known): known is Action => known === event.action);
          const kind: AnyKind | undefined = KINDS[event.entity as KindKey];
          return (
            <li key={event.id}>
              <Text>
                {t("activity_line", {
                  name: event.actor_name,
                  action: t(`activity.${action ?? "other"}`),
                  thing: kind ? kindName(kind) : t("activity.evidence"),
                })}
              </Text>
              <Text c="dimmed">{formatMoment(event.at, currentLanguage(), timeZone)}</Text>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
