import { Button, Group, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DayInput } from "@/ui/day-input";
import { thingName } from "@/ui/record/deeds";
import type { TrailSearch } from "./event-trail";
import type { ThingGroup } from "./things";

interface Props {
  search: TrailSearch;
  onChange: (search: TrailSearch) => void;
  /** Kinds of things to choose from. */
  things: ThingGroup[];
  /** People to choose from; absent where nobody may know them. */
  people?: { value: string; label: string }[];
  /** What the one thing is called that a link led to. */
  about: string | undefined;
}

/** Which kind of thing; and, when a link led here, which one; who did it, and when. */
export function TrailFilters({ search, onChange, things, people, about }: Props) {
  const { t } = useTranslation("audit");
  const { jenis: entity, id: entityId } = search;
  const filter = (part: TrailSearch) => onChange({ ...search, ...part });
  return (
    <>
      <Group component="search" align="flex-end" gap="sm" className="sp-screen-only">
        <Select
          label={t("kind")}
          placeholder={t("all")}
          clearable
          clearButtonProps={{ "aria-label": t("all") }}
          searchable
          nothingFoundMessage={t("no_kind")}
          flex="0 1 24rem"
          data={things}
          value={entity ?? null}
          onChange={(value) => filter({ jenis: value ?? undefined, id: undefined })}
        />
        {people ? (
          <Select
            label={t("who")}
            placeholder={t("everyone")}
            clearable
            clearButtonProps={{ "aria-label": t("everyone") }}
            searchable
            flex="0 1 18rem"
            data={people}
            value={search.oleh ?? null}
            onChange={(value) => filter({ oleh: value ?? undefined })}
          />
        ) : null}
        <DayInput
          label={t("from")}
          description=""
          w="11rem"
          value={search.dari ?? null}
          onChange={(day) => filter({ dari: day ?? undefined })}
        />
        <DayInput
          label={t("until")}
          description=""
          w="11rem"
          value={search.sampai ?? null}
          onChange={(day) => filter({ sampai: day ?? undefined })}
        />
        {Object.values(search).some(Boolean) ? (
          <Button variant="subtle" onClick={() => onChange({})}>
            {t("clear")}
          </Button>
        ) : null}
      </Group>
      {entity ? (
        <Text role="status">
          {entityId
            ? t(about ? "about_titled" : "about_one", { thing: thingName(entity), title: about })
            : t("about", { thing: thingName(entity) })}
        </Text>
      ) : null}
    </>
  );
}
