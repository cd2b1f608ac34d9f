import { Badge, Radio, Stack, Switch, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Difference, UpdatedRecord } from "@/api/packages";
import type { AnyKind } from "@/api/setup/kinds";
import { AnchorLink } from "@/ui/links";
import { Section } from "@/ui/page";
import { Describer } from "@/ui/record/describe";
import { placeLabel } from "@/ui/record/place";
import { recordLink } from "@/ui/record/record-link";
import { type Decision, decide, decisionAt, editorOf, type MergeState, toggled } from "./decisions";
import { EditValue } from "./edit-value";
import classes from "./packages.module.css";
import { happened, sideText } from "./side-text";
import { kindOf, nameOfKind } from "./words";

interface Props {
  code: string;
  record: UpdatedRecord;
  /** The district's content now. */
  mine: Record<string, unknown> | undefined;
  /** The model's content; ids of other records in it are the model's. */
  theirs: Record<string, unknown> | undefined;
  state: MergeState;
  onChange: (state: MergeState) => void;
}

/** Everything that the model changed in one record, place by place. */
export function MergeRecord({ code, record, mine, theirs, state, onChange }: Props) {
  const { t } = useTranslation(["packages", "setup"]);
  const kind = kindOf(record.kind);
  if (!kind) return null;
  const isLater = state.later.includes(record.record_id);
  const title = record.title || t("setup:untitled");
  const contents = [mine, theirs].filter((content) => content !== undefined);
  return (
    <Section
      title={t("merge.record", { kind: sentence(nameOfKind(record.kind)), title })}
      aside={
        <AnchorLink {...recordLink(kind, code, record.record_id)}>
          {t("merge.to_record")}
        </AnchorLink>
      }
    >
      <Switch
        mb="sm"
        label={t("merge.later_record")}
        checked={isLater}
        onChange={(event) =>
          onChange({
            ...state,
            later: toggled(state.later, record.record_id, event.currentTarget.checked),
          })
        }
      />
      {isLater ? (
        <Text c="dimmed" mt="xs">
          {t("merge.later_body")}
        </Text>
      ) : (
        <div>
          {record.differences.map((difference) => (
            <Change
              key={difference.path}
              code={code}
              kind={kind}
              title={title}
              difference={difference}
              contents={contents}
              decision={decisionAt(state, record.record_id, difference)}
              onDecide={(decision) =>
                onChange(decide(state, record.record_id, difference.path, decision))
              }
            />
          ))}
        </div>
      )}
    </Section>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase("id") + text.slice(1);
}

interface ChangeProps {
  code: string;
  kind: AnyKind;
  title: string;
  difference: Difference;
  contents: unknown[];
  decision: Decision | undefined;
  onDecide: (decision: Decision) => void;
}

/** One place: what it was, what it is here, what it is in the model; and which holds. */
function Change(props: ChangeProps) {
  const { code, kind, title, difference, contents, decision, onDecide } = props;
  const { t } = useTranslation("packages");
  const client = useQueryClient();
  const describe = new Describer(kind, code, client, contents);
  const label = placeLabel(kind, difference.path, contents);
  const text = (value: unknown) => sideText(kind, difference.path, value, contents, describe);
  const editor = editorOf(kind, difference, contents);
  const isBoth = difference.changed_by === "both";
  return (
    <div className={classes.change}>
      <fieldset className={classes.place}>
        <legend>
          <Text fw={650} component="span">
            {label}
          </Text>{" "}
          {isBoth ? (
            <Badge color="kunyit" variant="light" c="kunyit.9">
              {t("merge.both_badge")}
            </Badge>
          ) : null}
        </legend>
        <Text>{t(`merge.happened.${happened(difference)}`)}</Text>
        <div className={classes.sides} data-count={isBoth ? 3 : 2}>
          {isBoth ? <Side head={t("merge.side_base")} text={text(difference.base)} /> : null}
          <Side who="mine" head={t("merge.side_mine")} text={text(difference.mine)} />
          <Side who="theirs" head={t("merge.side_theirs")} text={text(difference.theirs)} />
        </div>
        <Radio.Group
          aria-label={t("merge.choose", { place: label, title })}
          value={decision?.choice ?? null}
          onChange={(choice) =>
            onDecide(
              choice === "edited"
                ? { choice, value: difference.mine ?? difference.theirs }
                : { choice: choice === "keep_mine" ? "keep_mine" : "take_theirs" },
            )
          }
        >
          <Stack gap="xs">
            <Radio value="keep_mine" label={t("merge.keep_mine")} />
            <Radio value="take_theirs" label={t("merge.take_theirs")} />
            {editor ? <Radio value="edited" label={t("merge.edit")} /> : null}
          </Stack>
        </Radio.Group>
        {editor && decision?.choice === "edited" ? (
          <EditValue
            kind={kind}
            editor={editor}
            path={difference.path}
            label={label}
            contents={contents}
            value={decision.value}
            onChange={(value) => onDecide({ choice: "edited", value })}
          />
        ) : null}
      </fieldset>
    </div>
  );
}

function Side({ who, head, text }: { who?: "mine" | "theirs"; head: string; text: string }) {
  const { t } = useTranslation("packages");
  return (
    <div>
      <Text size="sm" c="dimmed">
        {head}
      </Text>
      <div className={classes.side} data-who={who}>
        {text || t("merge.nothing")}
      </div>
    </div>
  );
}
