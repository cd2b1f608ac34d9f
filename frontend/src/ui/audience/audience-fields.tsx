import { MultiSelect, Radio, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { oversightMembership, useMe } from "@/api/me";
import { useRegions } from "@/api/regions";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { PHASES } from "@/lib/phases";
import { ProblemAlert } from "@/ui/problem-alert";
import { audienceOf, type Choice, type Phase, reachableQuery, useAudienceSize } from "./audience";

interface Props {
  value: Choice;
  onChange: (value: Choice) => void;
}

/** Which districts and whom in them, and how many that is. */
export function AudienceFields({ value, onChange }: Props) {
  const { t } = useTranslation(["audience", "supervision"]);
  const isNation = oversightMembership(useMe())?.scope === "nation";
  const ways = ["all", ...(isNation ? ["provinces"] : []), "phase", "districts"] as const;
  return (
    <Stack>
      <Radio.Group
        label={t("which")}
        description={t("only_active")}
        value={value.which}
        onChange={(which) => onChange({ ...value, which: which as Choice["which"] })}
      >
        <Stack gap="xs" mt="xs">
          {ways.map((way) => (
            <Radio key={way} value={way} label={t(way as Choice["which"])} />
          ))}
        </Stack>
      </Radio.Group>
      {value.which === "provinces" ? <Provinces value={value} onChange={onChange} /> : null}
      {value.which === "phase" ? (
        <Select
          label={t("choose_phase")}
          data={PHASES.map((phase) => ({ value: phase, label: t(`supervision:phase.${phase}`) }))}
          value={value.phase}
          onChange={(phase) => onChange({ ...value, phase: phase as Phase | null })}
        />
      ) : null}
      {value.which === "districts" ? <Districts value={value} onChange={onChange} /> : null}
      <Radio.Group
        label={t("roles")}
        value={value.roles}
        onChange={(roles) => onChange({ ...value, roles: roles as Choice["roles"] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="everyone" label={t("everyone")} />
          <Radio value="coordinators" label={t("coordinators")} />
        </Stack>
      </Radio.Group>
      <AudienceSize choice={value} />
    </Stack>
  );
}

function Provinces({ value, onChange }: Props) {
  const { t } = useTranslation("audience");
  const provinces = useRegions("province");
  return (
    <MultiSelect
      label={t("choose_provinces")}
      searchable
      data={(provinces.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
      value={value.provinces}
      onChange={(chosen) => onChange({ ...value, provinces: chosen })}
    />
  );
}

function Districts({ value, onChange }: Props) {
  const { t } = useTranslation("audience");
  const districts = useQuery(reachableQuery);
  return (
    <>
      <ProblemAlert error={districts.error} onRetry={() => districts.refetch()} />
      <MultiSelect
        label={t("choose_districts")}
        searchable
        limit={50}
        data={(districts.data ?? []).map((row) => ({
          value: row.code,
          label: `${row.name}, ${row.province_name}`,
        }))}
        value={value.districts}
        onChange={(chosen) => onChange({ ...value, districts: chosen })}
      />
    </>
  );
}

/** How many districts and people it will reach. */
export function AudienceSize({ choice }: { choice: Choice }) {
  const { t } = useTranslation("audience");
  const audience = audienceOf(choice);
  const size = useAudienceSize(audience);
  const number = (count: number) => formatNumber(count, currentLanguage());
  if (!audience) return <Text role="status">{t("choose_first")}</Text>;
  if (size.error) return <ProblemAlert error={size.error} onRetry={() => size.refetch()} />;
  if (!size.data) return <Text role="status">…</Text>;
  const { districts, people, empty_districts } = size.data;
  if (districts === 0) return <Text role="status">{t("none")}</Text>;
  return (
    <Text role="status">
      <strong>{t("size", { people: number(people), districts: number(districts) })}</strong>{" "}
      {empty_districts > 0 ? t("empty_districts", { count: empty_districts }) : null}
    </Text>
  );
}
