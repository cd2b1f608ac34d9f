import { Button, Group, Radio, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordKind } from "@/api/setup/kinds";
import { type MergeConflict, withValue } from "@/lib/merge3";
import { Dialog } from "../dialog";
import { Describer } from "./describe";
import classes from "./record.module.css";
import type { PendingMerge } from "./record-saver";

type Choice = "mine" | "theirs" | "both";

interface Props<C extends object> {
  kind: RecordKind<C>;
  code: string;
  pending: PendingMerge<C>;
  onSettle: (decided: C) => void;
}

/**
 * Two people changed the same field: both texts side by side, a choice for each field, and for
 * texts the third way of keeping both. What only one of them changed is joined already.
 */
export function MergeDialog<C extends object>({ kind, code, pending, onSettle }: Props<C>) {
  const { t } = useTranslation("setup");
  const client = useQueryClient();
  const { merged, theirs } = pending;
  const describe = useMemo(
    () => new Describer(kind, code, client, [merged.value, theirs.value.content]),
    [kind, code, client, merged, theirs],
  );
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const [asked, setAsked] = useState(false);
  const open = merged.conflicts.filter((conflict) => !choices[nameOf(conflict)]);

  function settle() {
    setAsked(true);
    if (open.length > 0) return;
    onSettle(
      merged.conflicts.reduce(
        (document, conflict) =>
          withValue(document, conflict.path, decided(conflict, choices[nameOf(conflict)])),
        merged.value,
      ),
    );
  }

  return (
    // No way out but a decision: each of them keeps or drops a text knowingly.
    <Dialog opened onClose={() => undefined} title={t("merge.title")} size="xl" mustDecide>
      <Stack>
        <Text>{t("merge.body", { name: theirs.value.updated_by_name })}</Text>
        {merged.taken.length > 0 ? (
          <Text c="dimmed">
            {t("merge.joined", {
              fields: merged.taken.map((path) => describe.label(path)).join(", "),
            })}
          </Text>
        ) : null}
        {merged.conflicts.map((conflict) => (
          <Stack key={nameOf(conflict)} gap="xs" component="section">
            <Title order={3}>{describe.label(conflict.path)}</Title>
            <div className={classes.choice}>
              <Version who="mine" text={describe.text(conflict.path, conflict.mine)} />
              <Version who="theirs" text={describe.text(conflict.path, conflict.theirs)} />
            </div>
            <Radio.Group
              aria-label={describe.label(conflict.path)}
              value={choices[nameOf(conflict)] ?? null}
              onChange={(choice) =>
                setChoices((now) => ({ ...now, [nameOf(conflict)]: choice as Choice }))
              }
              error={asked && !choices[nameOf(conflict)] ? t("merge.choose") : undefined}
            >
              <Group gap="md">
                <Radio value="mine" label={t("merge.mine")} />
                <Radio value="theirs" label={t("merge.theirs")} />
                {areTexts(conflict) ? <Radio value="both" label={t("merge.both")} /> : null}
              </Group>
            </Radio.Group>
          </Stack>
        ))}
        <Group justify="flex-end">
          <Button onClick={settle}>{t("merge.save")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Version({ who, text }: { who: "mine" | "theirs"; text: string }) {
  const { t } = useTranslation("setup");
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t(who === "mine" ? "merge.mine_head" : "merge.theirs_head")}
      </Text>
      <div className={classes.choiceText} data-who={who}>
        {text || t("merge.nothing")}
      </div>
    </div>
  );
}

function nameOf(conflict: MergeConflict): string {
  return conflict.path.join(".");
}

/** Ids, codes and days are texts too, but two of them in one field make no sense. */
function areTexts({ mine, theirs }: MergeConflict): boolean {
  const isProse = (value: unknown) =>
    typeof value === "string" && /\s/.test(value.trim()) && value !== "";
  return (isProse(mine) || isProse(theirs)) && typeof mine === typeof theirs;
}

function decided(conflict: MergeConflict, choice: Choice | undefined): unknown {
  if (choice === "theirs") return conflict.theirs;
  if (choice === "both") return `${String(conflict.mine)}\n${String(conflict.theirs)}`;
  return conflict.mine;
}
