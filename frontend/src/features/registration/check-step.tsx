import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import { useRegions } from "@/api/regions";
import { Facts } from "@/ui/facts";
import { ProblemAlert } from "@/ui/problem-alert";
import { type Answers, STEPS } from "./answers";

interface Props {
  answers: Answers;
  error: unknown;
  /** Goes back to the step with this index. */
  onChange: (step: number) => void;
}

/** Everything once more before it is sent, each part with its way back. */
export function CheckStep({ answers, error, onChange }: Props) {
  const { t } = useTranslation(["registration", "common"]);
  const provinces = useRegions("province");
  const districts = useRegions("regency", answers.province_code || null);
  const nameOf = (list: { code: string; name: string }[] | undefined, code: string) =>
    list?.find((region) => region.code === code)?.name ?? code;

  const parts = [
    [
      { label: t("area.province"), value: nameOf(provinces.data, answers.province_code) },
      { label: t("area.district"), value: nameOf(districts.data, answers.district_code) },
    ],
    [
      { label: t("unit.name"), value: answers.unit_name },
      { label: t("unit.office"), value: answers.office_name },
    ],
    [
      { label: t("applicant.name"), value: answers.applicant_name },
      { label: t("applicant.position"), value: answers.position },
      { label: t("applicant.email"), value: answers.email },
      { label: t("applicant.phone"), value: answers.phone },
    ],
  ];

  return (
    <Stack>
      <Text>{t("check.lead")}</Text>
      {isProblem(error, "district_already_registered") ? (
        <Alert role="alert" color="kunyit" title={t("check.taken_title")}>
          {error.message}
        </Alert>
      ) : (
        <ProblemAlert error={error} />
      )}
      {parts.map((items, index) => {
        const name = t(`wizard.steps.${STEPS[index]?.key ?? "area"}`);
        return (
          <section key={name} aria-label={name}>
            <Group justify="space-between">
              <Text fw={600}>{name}</Text>
              <Button
                variant="subtle"
                onClick={() => onChange(index)}
                aria-label={`${t("common:action.change")}: ${name}`}
              >
                {t("common:action.change")}
              </Button>
            </Group>
            <Facts items={items} />
          </section>
        );
      })}
    </Stack>
  );
}
