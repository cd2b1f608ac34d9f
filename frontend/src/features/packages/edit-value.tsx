import { Select, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CODES } from "@/api/setup/codes";
import { type AnyKind, fieldOf } from "@/api/setup/kinds";
import { NumberInput } from "@/ui/number-input";
import { placeOf } from "@/ui/record/place";
import { codeName } from "@/ui/record/texts";
import type { Editor } from "./decisions";

interface Props {
  kind: AnyKind;
  editor: Exclude<Editor, null>;
  path: string;
  label: string;
  contents: unknown[];
  value: unknown;
  onChange: (value: unknown) => void;
}

/** A value of one's own, in the form that its field has. */
export function EditValue({ kind, editor, path, label, contents, value, onChange }: Props) {
  const { t } = useTranslation(["packages", "setup"]);
  const name = t("merge.edited", { place: label });
  const field = fieldOf(placeOf(path, contents).field ?? path);
  switch (editor) {
    case "number":
      return (
        <NumberInput
          label={name}
          maw="12rem"
          digits={9}
          value={typeof value === "number" ? value : null}
          onChange={onChange}
        />
      );
    case "yes_no":
      return (
        <Select
          label={name}
          maw="16rem"
          data={[
            { value: "ya", label: t("setup:answer.yes") },
            { value: "tidak", label: t("setup:answer.no") },
          ]}
          value={value === true ? "ya" : "tidak"}
          onChange={(next) => onChange(next === "ya")}
        />
      );
    case "code": {
      const list = kind.codes[field];
      return (
        <Select
          label={name}
          data={
            list ? CODES[list].map((code) => ({ value: code, label: codeName(list, code) })) : []
          }
          value={typeof value === "string" ? value : null}
          onChange={onChange}
        />
      );
    }
    case "lines":
      return (
        <Textarea
          label={name}
          description={t("setup:lines.hint")}
          autosize
          minRows={2}
          value={Array.isArray(value) ? value.join("\n") : ""}
          onChange={(event) => {
            const { value: typed } = event.currentTarget;
            onChange(typed === "" ? [] : typed.split("\n"));
          }}
        />
      );
    default:
      return (
        <Textarea
          label={name}
          autosize
          minRows={2}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
