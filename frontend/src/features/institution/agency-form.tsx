import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Agency, FocalPoint } from "@/api/setup/content";
import { Section } from "@/ui/page";
import { FieldRow } from "@/ui/record/field-row";
import { AreaField, CodeField, CodesField, TextField } from "@/ui/record/fields";
import type { RecordFormProps } from "@/ui/record/record-editor";
import { RowsField } from "@/ui/record/rows-field";

const BLANK: Omit<FocalPoint, "id"> = { name: "", position: "", phone: "", email: "" };

/** An agency, whom to call there, and which services it can receive. */
export function AgencyForm({ lens }: RecordFormProps<Agency>) {
  const { t } = useTranslation("institution");
  return (
    <>
      <Section title={t("section.identity")}>
        <Stack>
          <CodeField lens={lens} name="kind" list="agency_kind" />
          <TextField lens={lens} name="name" />
          <TextField lens={lens} name="short_name" maw="20rem" />
        </Stack>
      </Section>
      <Section title={t("section.contacts")}>
        <RowsField<Agency, FocalPoint>
          lens={lens}
          name="focal_points"
          blank={BLANK}
          add={t("add_focal")}
          summary={(row, index) =>
            [row.name || t("row_focal", { n: index + 1 }), row.phone || row.email]
              .filter(Boolean)
              .join(" · ")
          }
        >
          {(row) => (
            <FieldRow>
              <TextField lens={row} name="name" />
              <TextField lens={row} name="position" />
              <TextField lens={row} name="phone" type="tel" />
              <TextField lens={row} name="email" type="email" />
            </FieldRow>
          )}
        </RowsField>
      </Section>
      <Section title={t("section.services")}>
        <CodesField lens={lens} name="domains" list="service_domain" />
      </Section>
      <Section title={t("section.office")}>
        <Stack>
          <AreaField lens={lens} name="address" />
          <FieldRow>
            <TextField lens={lens} name="phone" type="tel" />
            <TextField lens={lens} name="email" type="email" />
          </FieldRow>
          <AreaField lens={lens} name="opening_hours" />
          <AreaField lens={lens} name="notes" />
        </Stack>
      </Section>
    </>
  );
}
