import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SopStep } from "@/api/setup/content";
import { codeName } from "@/ui/record/texts";
import { durationText } from "./duration";
import classes from "./flow.module.css";
import { StepSymbol } from "./flow-chart";

/** The flow as a list from top to bottom: how it is read on a phone and by a screen reader. */
export function FlowList({ steps }: { steps: SopStep[] }) {
  const { t } = useTranslation("mechanism");
  const numberOf = (id: string) => steps.findIndex((step) => step.id === id) + 1;
  const to = (id: string) => {
    const n = numberOf(id);
    return n > 0 ? n : t("flow.gone");
  };
  return (
    <ol className={classes.list}>
      {steps.map((step, index) => (
        <li key={step.id}>
          <svg viewBox="-34 -18 68 36" className={classes.listSymbol} aria-hidden="true">
            <StepSymbol kind={step.kind} x={0} y={0} />
          </svg>
          <div>
            <Text c="dimmed">
              {[
                `${index + 1}`,
                step.kind ? codeName("sop_step_kind", step.kind) : null,
                step.actor || t("flow.nobody"),
              ]
                .filter(Boolean)
                .join(" · ")}
            </Text>
            <Text fw={600}>{step.activity || t("step_none")}</Text>
            {[
              [t("flow.inputs"), step.inputs],
              [t("flow.time"), durationText(step)],
              [t("flow.output"), step.output],
              [t("flow.note"), step.note],
            ]
              .filter(([, value]) => value)
              .map(([label, value]) => (
                <Text key={label}>
                  {label}: {value}
                </Text>
              ))}
            {step.kind === "decision" ? (
              <Text>
                {t("flow.yes_to", { n: to(step.yes) })}
                <br />
                {t("flow.no_to", { n: to(step.no) })}
              </Text>
            ) : null}
            {step.kind !== "decision" && step.kind !== "end" && step.next ? (
              <Text>{t("flow.next_to", { n: to(step.next) })}</Text>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
