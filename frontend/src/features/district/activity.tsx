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

interface Line {
  id: number;
  at: string;
  name: string;
  action: Action | "other";
  entity: string;
  count: number;
}

/** The latest changes of the setup, from the audit trail; the same act in a row is one line. */
export function Activity({ code, timeZone }: { code: string; timeZone: string }) {
  const { t } = useTranslation("district");
  const events = query.useQuery("get", "/api/v1/districts/{code}/audit-events", {
    params: { path: { code }, query: { limit: 100 } },
  });
  const lines = linesOf(events.data?.items ?? []).slice(0, SHOWN);
  if (lines.length === 0) return null;
  return (
    <Section title={t("activity_title")}>
      <ol className={classes.steps}>
        {lines.map((line) => {
          const kind: AnyKind | undefined = KINDS[line.entity as KindKey];
          const thing = kind ? kindName(kind) : t("activity.evidence");
          return (
            <li key={line.id}>
              <Text className={classes.stepText}>
                {t("activity_line", {
                  name: line.name,
                  action: t(`activity.${line.action}`),
                  thing: line.count > 1 ? `${line.count} ${thing}` : thing,
                })}
              </Text>
              <Text c="dimmed">{formatMoment(line.at, currentLanguage(), timeZone)}</Text>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

interface Event {
  id: number;
  at: string;
  actor_name: string;
  action: string;
  entity: string;
}

/** Sign-ins and other events are left out; neighbours that say the same are counted. */
function linesOf(events: Event[]): Line[] {
  const lines: Line[] = [];
  for (const event of events) {
    if (!(event.entity in KINDS) && event.entity !== "evidence") continue;
    const action = ACTIONS.find((known): known is Action => known === event.action) ?? "other";
    const last = lines.at(-1);
    if (last?.name === event.actor_name && last.action === action && last.entity === event.entity) {
      last.count += 1;
      continue;
    }
    const { id, at, entity } = event;
    lines.push({ id, at, name: event.actor_name, action, entity, count: 1 });
  }
  return lines;
}
