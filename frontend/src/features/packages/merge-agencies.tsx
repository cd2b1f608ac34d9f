import { Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { PackageUpdate } from "@/api/packages";
import { packageDocumentQuery } from "@/api/packages";
import { KINDS } from "@/api/setup/kinds";
import { recordsQuery } from "@/api/setup/records";
import { Section } from "@/ui/page";
import { titlesOf } from "./contents";
import type { MergeState } from "./decisions";

interface Props {
  code: string;
  update: PackageUpdate;
  /** Agencies of the model, by its ids, for which the service asked which of the own ones they are. */
  asked: string[];
  state: MergeState;
  onChange: (state: MergeState) => void;
}

const ADD = "tambah";

/** New records mention agencies; where several of the own could be meant, a person says which. */
export function MergeAgencies({ code, update, asked, state, onChange }: Props) {
  const { t } = useTranslation("packages");
  const document = useQuery(packageDocumentQuery(update.newest.id));
  const own = useQuery({ ...recordsQuery(KINDS.agency, code), enabled: asked.length > 0 });
  if (asked.length === 0 || !document.data) return null;
  const titles = titlesOf(document.data);
  return (
    <Section title={t("adopt.agencies_title")}>
      <Stack>
        {asked.map((id) => {
          const name = titles.get(id) ?? "";
          const chosen = state.agencies[id];
          return (
            <Select
              key={id}
              label={name}
              searchable
              placeholder={t("agencies.choose")}
              data={[
                { value: ADD, label: t("agencies.add", { name }) },
                ...(own.data ?? []).map((one) => ({ value: one.id, label: one.title })),
              ]}
              value={chosen === undefined ? null : (chosen ?? ADD)}
              error={chosen === undefined ? t("agencies.several") : undefined}
              onChange={(value) =>
                value !== null &&
                onChange({
                  ...state,
                  agencies: { ...state.agencies, [id]: value === ADD ? null : value },
                })
              }
            />
          );
        })}
      </Stack>
    </Section>
  );
}
