import { Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AgencyChoice, PackageAgency } from "@/api/packages";
import { KINDS } from "@/api/setup/kinds";
import { recordsQuery } from "@/api/setup/records";

interface Props {
  code: string;
  agencies: PackageAgency[];
  choices: AgencyChoice[];
  onChoose: (choices: AgencyChoice[]) => void;
}

/** In a list beside ids: add one instead. */
const ADD = "tambah";

/** The package names agencies by their kinds; here people say which of their own each one is. */
export function AgencyChoices({ code, agencies, choices, onChoose }: Props) {
  const { t } = useTranslation("packages");
  const own = useQuery(recordsQuery(KINDS.agency, code));
  const options = (agency: PackageAgency) => {
    const proposed = agency.proposals.map((one) => ({ value: one.record_id, label: one.title }));
    const others = (own.data ?? [])
      .filter((record) => !proposed.some((one) => one.value === record.id))
      .map((record) => ({ value: record.id, label: record.title }));
    return [
      ...(proposed.length > 0 ? [{ group: t("agencies.of_kind"), items: proposed }] : []),
      {
        group: t("agencies.add_group"),
        items: [{ value: ADD, label: t("agencies.add", { name: agency.name }) }],
      },
      ...(others.length > 0 ? [{ group: t("agencies.others"), items: others }] : []),
    ];
  };
  const chosen = (agency: PackageAgency): string | null => {
    const choice = choices.find((one) => one.origin_id === agency.origin_id);
    if (choice) return choice.record_id ?? ADD;
    if (agency.needs_choice) return null;
    return agency.proposals[0]?.record_id ?? ADD;
  };
  const choose = (agency: PackageAgency, value: string | null) => {
    if (value === null) return;
    onChoose([
      ...choices.filter((one) => one.origin_id !== agency.origin_id),
      { origin_id: agency.origin_id, record_id: value === ADD ? null : value },
    ]);
  };
  return (
    <Stack>
      <Text>{t("agencies.lead")}</Text>
      {agencies.map((agency) => (
        <Select
          key={agency.origin_id}
          label={agency.name}
          placeholder={t("agencies.choose")}
          searchable
          data={options(agency)}
          value={chosen(agency)}
          error={agency.needs_choice ? t("agencies.several") : undefined}
          onChange={(value) => choose(agency, value)}
        />
      ))}
    </Stack>
  );
}
