import { Alert, Button, Checkbox, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CODES, type Code } from "@/api/setup/codes";
import type { ClockLimit, ClockRow, Sop } from "@/api/setup/content";
import { uuid7 } from "@/lib/uuid7";
import { fieldId, type Lens } from "@/ui/record/lens";
import { codeName } from "@/ui/record/texts";
import classes from "./clock-table.module.css";
import { LIMITS, type LimitName, NO_LIMIT, proposedClocks } from "./clocks";

type Level = Code<"risk_level">;

/** Risk level × four limits; later every deadline of a case is computed from here. */
export function ClockTable({ lens }: { lens: Lens<Sop> }) {
  const { t } = useTranslation("mechanism");
  const { clocks } = lens.value;
  const rowOf = (level: Level) => clocks.find((row) => row.risk_level === level);
  const placeOf = (level: Level) => clocks.findIndex((row) => row.risk_level === level);

  function put(level: Level, limit: LimitName, part: Partial<ClockLimit>): void {
    lens.change((now) => {
      const there = now.clocks.some((row) => row.risk_level === level);
      const rows = there ? now.clocks : [...now.clocks, emptyRow(level)];
      return {
        ...now,
        clocks: rows.map((row) =>
          row.risk_level === level ? { ...row, [limit]: { ...row[limit], ...part } } : row,
        ),
      };
    });
  }

  return (
    <div id={fieldId("clocks")} tabIndex={-1}>
      <Text c="dimmed" mb="sm">
        {t("clocks.for_cases")}
      </Text>
      <Stack>
        {CODES.risk_level.map((level) => (
          <fieldset key={level} className={classes.level}>
            <legend>{t("clocks.level_of", { level: codeName("risk_level", level) })}</legend>
            {LIMITS.map((limit) => (
              <div key={limit} className={classes.cell}>
                <Text fw={600}>{t(`limit.${limit}`)}</Text>
                <LimitCell
                  level={level}
                  limit={limit}
                  value={rowOf(level)?.[limit] ?? NO_LIMIT}
                  error={lens.form.errors[`clocks.${placeOf(level)}.${limit}.amount`]}
                  readOnly={lens.form.readOnly}
                  onChange={(part) => put(level, limit, part)}
                />
              </div>
            ))}
          </fieldset>
        ))}
      </Stack>
      {clocks.length === 0 && !lens.form.readOnly ? (
        <Alert color="kunyit" variant="light" mt="md">
          <Text>{t("clocks.fill_note")}</Text>
          <Button
            mt="sm"
            variant="default"
            onClick={() => lens.set("clocks", proposedClocks(uuid7))}
          >
            {t("clocks.fill")}
          </Button>
        </Alert>
      ) : null}
    </div>
  );
}

function emptyRow(level: Level): ClockRow {
  return {
    id: uuid7(),
    risk_level: level,
    first_response: NO_LIMIT,
    initial_assessment: NO_LIMIT,
    full_assessment_and_plan: NO_LIMIT,
    review: NO_LIMIT,
  };
}

interface CellProps {
  level: Level;
  limit: LimitName;
  value: ClockLimit;
  error: string | undefined;
  readOnly: boolean;
  onChange: (part: Partial<ClockLimit>) => void;
}

function LimitCell({ level, limit, value, error, readOnly, onChange }: CellProps) {
  const { t } = useTranslation("mechanism");
  const named = { limit: t(`limit.${limit}`), level: codeName("risk_level", level) };
  return (
    <>
      {limit === "first_response" ? (
        <Checkbox
          label={t("clocks.immediate")}
          aria-label={t("clocks.immediate_of", named)}
          checked={value.immediate}
          disabled={readOnly}
          onChange={(event) => onChange({ immediate: event.currentTarget.checked })}
        />
      ) : null}
      {value.immediate ? <Text size="sm">{t("clocks.at_most")}</Text> : null}
      <Group gap={4} wrap="nowrap">
        <TextInput
          aria-label={t("clocks.amount_of", named)}
          inputMode="numeric"
          autoComplete="off"
          w="4rem"
          error={error}
          readOnly={readOnly}
          value={value.amount === null ? "" : String(value.amount)}
          onChange={(event) => {
            const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 5);
            const amount = digits === "" ? null : Number(digits);
            // Days are what most limits are written in; the unit beside it can be changed.
            onChange({ amount, unit: value.unit ?? (amount === null ? null : "day") });
          }}
        />
        <Select
          aria-label={t("clocks.unit_of", named)}
          w="6rem"
          readOnly={readOnly}
          data={CODES.span_unit.map((unit) => ({
            value: unit,
            label: codeName("span_unit", unit),
          }))}
          value={value.unit}
          onChange={(unit) => onChange({ unit: unit as ClockLimit["unit"] })}
        />
      </Group>
    </>
  );
}
