import { Button, Group, Text } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled, IconCircleDotFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { LegalInstrument, StageEntry } from "@/api/setup/content";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { uuid7 } from "@/lib/uuid7";
import type { Lens } from "@/ui/record/lens";
import { codeName } from "@/ui/record/texts";
import classes from "./course.module.css";
import { currentStage, pathOf, type Stage } from "./stages";

/** The way of a draft from proposal to promulgation: where it was, is, and has still to go. */
export function Course({ lens }: { lens: Lens<LegalInstrument> }) {
  const { t } = useTranslation("regulation");
  const { kind, stages, held_by } = lens.value;
  if (!kind) return <Text c="dimmed">{t("course.choose_kind")}</Text>;
  const path = pathOf(kind);
  const now = currentStage(stages);
  const place = now ? path.indexOf(now) : -1;
  const next = path[place + 1];
  return (
    <>
      <ol className={classes.course} aria-label={t("course.title")}>
        {path.map((stage, index) => {
          const entry = stages.findLast((row) => row.stage === stage);
          const state = index < place ? "past" : index === place ? "now" : "ahead";
          const isLast = index === path.length - 1;
          return (
            <li key={stage} data-state={state} aria-current={state === "now" ? "step" : undefined}>
              <Mark state={state === "now" && isLast ? "past" : state} />
              <span className={classes.text}>
                <b>{codeName("instrument_stage", stage)}</b>
                <span>{about(entry, state)}</span>
                {state === "now" && !isLast && held_by ? (
                  <span>{t("course.by", { name: held_by })}</span>
                ) : null}
              </span>
            </li>
          );
        })}
      </ol>
      {next && !lens.form.readOnly ? (
        <Group>
          <Button variant="default" onClick={() => reach(next)}>
            {t("course.reach", { stage: codeName("instrument_stage", next) })}
          </Button>
        </Group>
      ) : null}
    </>
  );

  function about(entry: StageEntry | undefined, state: "past" | "now" | "ahead"): string {
    if (state === "ahead") return t("course.ahead");
    if (!entry) return "";
    return entry.reached_on ? formatDate(entry.reached_on, currentLanguage()) : t("course.no_day");
  }

  function reach(stage: Stage): void {
    const entry = { id: uuid7(), stage, reached_on: null, held_by: "", note: "" };
    lens.change((value) => ({ ...value, stages: [...value.stages, entry] }));
  }
}

function Mark({ state }: { state: "past" | "now" | "ahead" }) {
  if (state === "past") return <IconCircleCheckFilled size={22} aria-hidden />;
  if (state === "now") return <IconCircleDotFilled size={22} aria-hidden />;
  return <IconCircle size={22} aria-hidden />;
}
