import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Team, TeamPosition } from "@/api/setup/content";
import { Section } from "@/ui/page";
import { FieldRow } from "@/ui/record/field-row";
import { AreaField, CheckField, CodeField, DayField, TextField } from "@/ui/record/fields";
import type { RecordFormProps } from "@/ui/record/record-editor";
import { RecordField } from "@/ui/record/record-field";
import { RegionField } from "@/ui/record/region-field";
import { RowsField } from "@/ui/record/rows-field";
import { codeName } from "@/ui/record/texts";

const BLANK_POSITION: Omit<TeamPosition, "id"> = {
  kind: null,
  title: "",
  tasks: "",
  staff_id: null,
  holder: "",
  agency_id: null,
};

/** A team with its positions; a secretariat also has a place. */
export function TeamForm({ lens, id }: RecordFormProps<Team>) {
  const { t } = useTranslation("institution");
  const { kind } = lens.value;
  return (
    <>
      <Section title={t("section.identity")}>
        <Stack>
          <CodeField lens={lens} name="kind" list="team_kind" />
          <TextField lens={lens} name="name" />
          <AreaField lens={lens} name="purpose" />
          {kind === "area_group" ? <RegionField lens={lens} name="region_code" /> : null}
          {kind === "secretariat" ? null : (
            <RecordField lens={lens} name="decree_id" kinds={["legal_instrument"]} />
          )}
          <RecordField lens={lens} name="parent_id" kinds={["team"]} except={id} />
          {kind === "executing_unit" ? <DayField lens={lens} name="serving_since" /> : null}
        </Stack>
      </Section>
      <Section title={t("section.positions")}>
        <RowsField<Team, TeamPosition>
          lens={lens}
          name="positions"
          blank={BLANK_POSITION}
          add={t("add_position")}
          empty={t("positions_empty")}
          summary={(row, index) => <PositionSummary row={row} index={index} />}
        >
          {(row) => (
            <>
              <FieldRow>
                <CodeField lens={row} name="kind" list="position_kind" />
                <TextField lens={row} name="title" />
                <TextField lens={row} name="holder" />
                <RecordField lens={row} name="staff_id" kinds={["staff_member"]} />
              </FieldRow>
              <RecordField lens={row} name="agency_id" kinds={["agency"]} />
              <AreaField lens={row} name="tasks" />
            </>
          )}
        </RowsField>
      </Section>
      <Section title={t("section.place")}>
        <Stack>
          <AreaField lens={lens} name="address" />
          <FieldRow>
            <TextField lens={lens} name="hotline" type="tel" />
            <TextField lens={lens} name="email" type="email" />
          </FieldRow>
          <AreaField lens={lens} name="opening_hours" />
          <RowsField<Team, Team["rooms"][number]>
            lens={lens}
            name="rooms"
            blank={{ name: "", is_private: false }}
            add={t("add_room")}
            summary={(row, index) =>
              [row.name || t("row_room", { n: index + 1 }), row.is_private ? t("row_private") : ""]
                .filter(Boolean)
                .join(" · ")
            }
          >
            {(row) => (
              <>
                <TextField lens={row} name="name" />
                <CheckField lens={row} name="is_private" />
              </>
            )}
          </RowsField>
        </Stack>
      </Section>
      <Section title={t("section.notes")}>
        <AreaField lens={lens} name="notes" />
      </Section>
    </>
  );
}

function PositionSummary({ row, index }: { row: TeamPosition; index: number }) {
  const { t } = useTranslation("institution");
  const title =
    row.title ||
    (row.kind ? codeName("position_kind", row.kind) : t("row_position", { n: index + 1 }));
  return (
    <>
      <b>{title}</b>
      <Text component="span" c="dimmed" display="block">
        {row.holder || (row.staff_id ? "" : t("row_vacant"))}
      </Text>
    </>
  );
}
