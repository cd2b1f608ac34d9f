import { Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { componentKey, type ReadinessComponent, type ReadinessReport } from "@/api/readiness";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { AnchorLink } from "@/ui/links";
import { ItemAnchor } from "@/ui/readiness/item-anchor";
import { componentLink } from "@/ui/record/record-link";
import { ScoreBar } from "@/ui/score-bar";
import classes from "./home.module.css";

interface Props {
  report: ReadinessReport;
  code: string;
}

/** A card for each component: scores, what comes next, who has it, when it changed. */
export function ComponentCards({ report, code }: Props) {
  const { t } = useTranslation("district");
  return (
    <section>
      <Title order={2} mb="md">
        {t("components_title")}
      </Title>
      <div className={classes.cards}>
        {report.components.map((component) => (
          <Card key={component.code} component={component} code={code} />
        ))}
      </div>
    </section>
  );
}

function Card({ component, code }: { component: ReadinessComponent; code: string }) {
  const { t } = useTranslation(["district", "common"]);
  const key = componentKey(component.component);
  const name = t(`common:component.${key}`);
  const { counts, items } = component;
  const next = items.find(
    (item) => item.mandatory && item.state !== "present" && item.state !== "verified",
  );
  const changed = items
    .map((item) => item.changed_at ?? "")
    .sort()
    .at(-1);
  const { assignee_name, due_on } = next?.assignment ?? {};
  return (
    <article className={classes.card}>
      <ScoreBar label={name} claimed={component.claimed} verified={component.verified} />
      <Text>
        {t("component_counts", { done: counts.present + counts.verified, all: items.length })}
      </Text>
      {next ? (
        <Text>
          <ItemAnchor item={next} code={code}>
            {t("component_next", { item: next.title })}
          </ItemAnchor>
        </Text>
      ) : (
        <Text>{t("component_done")}</Text>
      )}
      {assignee_name || due_on ? (
        <Text c="dimmed">
          {[
            assignee_name,
            due_on ? t("reason.due", { day: formatDate(due_on, currentLanguage()) }) : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      ) : null}
      {changed ? (
        <Text c="dimmed">
          {t("component_changed", { day: formatDate(changed, currentLanguage()) })}
        </Text>
      ) : null}
      <AnchorLink {...componentLink(key, code)} mt="auto" pt="xs">
        {t("component_open", { component: name })}
      </AnchorLink>
    </article>
  );
}
