import { ActionIcon, Autocomplete, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { LARGEST_PAGE } from "@/api/every-page";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { uuid7 } from "@/lib/uuid7";
import classes from "./calendar.module.css";

/** Somebody who comes, with a key for the line. */
export interface Named {
  key: string;
  name: string;
  position: string;
}

/** What the form of an answer holds; what belongs to the other answer is kept while one thinks. */
export interface AnswerFields {
  answer: "registered" | "declined";
  participants: Named[];
  note: string;
}

interface Props {
  code: string;
  form: UseFormReturnType<AnswerFields>;
  /** How many may come. */
  most: number;
}

/** Who comes: names with what they do. Offers the district's members; whoever has no account is typed. */
export function ParticipantFields({ code, form, most }: Props) {
  const { t } = useTranslation("calendar");
  const people = form.values.participants;
  const members = useMembers(code);
  const pick = (place: number, name: string) => {
    form.setFieldValue(`participants.${place}.name`, name);
    const role = members.find((member) => member.name === name)?.role_name;
    if (role && !people[place]?.position) {
      form.setFieldValue(`participants.${place}.position`, role);
    }
  };
  if (most === 0) return <Text role="status">{t("seats.none")}</Text>;
  return (
    <Stack component="fieldset" className={classes.people} gap="sm">
      <Text component="legend" fw={600}>
        {t("answer.people")}
      </Text>
      <Text c="dimmed" size="sm">
        {t("answer.people_hint", { count: most })}
      </Text>
      {people.map(({ key }, place) => (
        <div key={key} className={classes.person}>
          <Autocomplete
            label={t("answer.name", { n: place + 1 })}
            required
            maxLength={120}
            data={members
              .map(({ name }) => name)
              .filter((name, at, all) => all.indexOf(name) === at)
              .filter((name) => !people.some((other) => other.key !== key && other.name === name))}
            {...form.getInputProps(`participants.${place}.name`)}
            onChange={(name) => pick(place, name)}
          />
          <TextInput
            label={t("answer.position", { n: place + 1 })}
            maxLength={120}
            {...form.getInputProps(`participants.${place}.position`)}
          />
          <ActionIcon
            size="2.75rem"
            variant="default"
            aria-label={t("answer.remove", { n: place + 1 })}
            disabled={people.length === 1}
            onClick={() => form.removeListItem("participants", place)}
          >
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {form.errors.participants ? (
        <Text c="red.9" size="sm" role="alert">
          {form.errors.participants}
        </Text>
      ) : null}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={20} aria-hidden />}
          disabled={people.length >= most}
          onClick={() =>
            form.insertListItem("participants", { key: uuid7(), name: "", position: "" })
          }
        >
          {t("answer.add")}
        </Button>
      </Group>
    </Stack>
  );
}

/** The district's members, for those who may see them; nobody needs them to answer. */
function useMembers(code: string) {
  const sees = may(membershipOf(useMe(), code), PERMISSION.membersRead);
  const members = useQuery({
    queryKey: ["members", code, "first"],
    enabled: sees,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/members", {
        params: { path: { code }, query: { limit: LARGEST_PAGE } },
        signal,
      });
      return data?.items ?? [];
    },
  });
  return members.data ?? [];
}
