import {
  ActionIcon,
  Button,
  Group,
  Paper,
  Stack,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { uuid7 } from "@/lib/uuid7";
import { fieldProps } from "./field";
import { type FieldOf, fieldId, type Lens, rowLens } from "./lens";
import classes from "./record.module.css";

interface Props<T extends object, R extends { id: string }> {
  lens: Lens<T>;
  name: FieldOf<T, R[]>;
  /** A new row without its id. */
  blank: Omit<R, "id">;
  /** The verb and thing of the add button: "Tambah langkah". */
  add: string;
  /** One line that says what a closed row holds. */
  summary: (row: R, index: number) => ReactNode;
  /** The fields of an open row. */
  children: (row: Lens<R>, index: number) => ReactNode;
  /** Said while there is no row. */
  empty?: ReactNode;
}

/**
 * A list of rows: each opens to be edited, moves by buttons or Alt + arrow, and can be taken back
 * after it was removed. Rows keep the id they were made with.
 */
export function RowsField<T extends object, R extends { id: string }>(props: Props<T, R>) {
  const { lens, name } = props;
  const { t } = useTranslation("setup");
  const { id, label, description, error, readOnly } = fieldProps(lens, name);
  const rows = lens.value[name] as R[];
  const [open, setOpen] = useState<string | null>(null);
  const [removed, setRemoved] = useState<{ row: R; index: number } | null>(null);
  const [said, setSaid] = useState("");
  const undo = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const wanted = targetRow(lens.form.target, `${lens.path}${name}`);
  const wantedId = wanted === null ? undefined : rows[wanted]?.id;
  useEffect(() => {
    if (wantedId) setOpen(wantedId);
  }, [wantedId]);

  const put = (next: (now: R[]) => R[]) =>
    lens.change((now) => ({ ...now, [name]: next(now[name] as R[]) }));
  const move = (from: number, to: number) => {
    if (to < 0 || to >= rows.length) return;
    put((now) => moved(now, from, to));
    setSaid(t("rows.moved", { place: to + 1, of: rows.length }));
    // After the list is drawn again what moved the row has the focus still; its arrow may have come to an end.
    const row = `[data-row="${rows[from]?.id}"]`;
    const tool = document.activeElement?.getAttribute("data-tool");
    requestAnimationFrame(() => {
      const arrow = tool ? `${row} [data-tool="${tool}"]:not(:disabled)` : null;
      const again = arrow ? list.current?.querySelector<HTMLElement>(arrow) : null;
      (again ?? list.current?.querySelector<HTMLElement>(`${row} [data-head]`))?.focus();
    });
  };
  const headOf = (rowId: string) => {
    requestAnimationFrame(() => {
      list.current?.querySelector<HTMLElement>(`[data-row="${rowId}"] [data-head]`)?.focus();
    });
  };
  const insert = (row: R, index: number) => put((now) => now.toSpliced(index, 0, row));
  const addRow = () => {
    const row = { ...props.blank, id: uuid7() } as R;
    insert(row, rows.length);
    setOpen(row.id);
    headOf(row.id);
  };

  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={classes.rows}
      aria-describedby={
        [description && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined
      }
    >
      <Text component="legend" fw={600}>
        {label}
      </Text>
      {description ? (
        <Text c="dimmed" id={`${id}-hint`}>
          {description}
        </Text>
      ) : null}
      {error ? (
        <Text c="red.9" id={`${id}-error`}>
          {error}
        </Text>
      ) : null}
      {rows.length === 0 && props.empty ? <Text c="dimmed">{props.empty}</Text> : null}
      <ol className={classes.rowList} ref={list}>
        {rows.map((row, index) => {
          const isOpen = open === row.id;
          const path = `${lens.path}${name}.${index}.`;
          const troubled = Object.keys(lens.form.errors).some((key) => key.startsWith(path));
          const lacking = Object.keys(lens.form.missing).filter((key) => key.startsWith(path));
          return (
            <Paper component="li" key={row.id} withBorder data-row={row.id} className={classes.row}>
              <Group gap={0} wrap="nowrap" align="stretch" className={classes.rowLine}>
                <UnstyledButton
                  className={classes.rowHead}
                  data-head
                  id={fieldId(`${lens.path}${name}.${index}`)}
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? null : row.id)}
                  onKeyDown={(event) => {
                    if (!event.altKey || readOnly) return;
                    if (event.key === "ArrowUp") move(index, index - 1);
                    else if (event.key === "ArrowDown") move(index, index + 1);
                    else return;
                    event.preventDefault();
                  }}
                >
                  <IconChevronDown
                    size={20}
                    aria-hidden
                    className={classes.chevron}
                    data-open={isOpen || undefined}
                  />
                  <span className={classes.rowText}>
                    <span>{props.summary(row, index)}</span>
                    {troubled || lacking.length > 0 ? (
                      <Text component="span" size="sm" c={troubled ? "red.9" : "kunyit.8"}>
                        {troubled
                          ? t("rows.troubled")
                          : t("rows.lacking", { count: lacking.length })}
                      </Text>
                    ) : null}
                  </span>
                </UnstyledButton>
                {readOnly ? null : (
                  <Group gap={0} wrap="nowrap" className={classes.rowTools}>
                    <ActionIcon
                      data-tool="up"
                      aria-label={t("rows.up", { n: index + 1 })}
                      disabled={index === 0}
                      onClick={() => move(index, index - 1)}
                    >
                      <IconArrowUp size={20} />
                    </ActionIcon>
                    <ActionIcon
                      data-tool="down"
                      aria-label={t("rows.down", { n: index + 1 })}
                      disabled={index === rows.length - 1}
                      onClick={() => move(index, index + 1)}
                    >
                      <IconArrowDown size={20} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t("rows.remove", { n: index + 1 })}
                      onClick={() => {
                        put((now) => now.filter((other) => other.id !== row.id));
                        setSaid("");
                        setRemoved({ row, index });
                        // The button goes with its row.
                        requestAnimationFrame(() => undo.current?.focus());
                      }}
                    >
                      <IconTrash size={20} />
                    </ActionIcon>
                  </Group>
                )}
              </Group>
              {isOpen ? (
                <Stack p="md" gap="md" className={classes.rowBody}>
                  {props.children(rowLens<T, R>(lens, name, index), index)}
                </Stack>
              ) : null}
            </Paper>
          );
        })}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <div role="status">
        {removed ? (
          <Group gap="xs" className={classes.undoRow}>
            <Text>{t("rows.removed")}</Text>
            <Button
              ref={undo}
              variant="subtle"
              onClick={() => {
                insert(removed.row, removed.index);
                setRemoved(null);
                headOf(removed.row.id);
              }}
            >
              {t("undo")}
            </Button>
          </Group>
        ) : null}
      </div>
      {readOnly ? null : (
        <Button
          variant="default"
          leftSection={<IconPlus size={20} aria-hidden />}
          onClick={addRow}
          style={{ alignSelf: "flex-start" }}
        >
          {props.add}
        </Button>
      )}
    </fieldset>
  );
}

function moved<R>(rows: R[], from: number, to: number): R[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row !== undefined) next.splice(to, 0, row);
  return next;
}

/** Number of the row of a list that a path lies in; null when it lies elsewhere. */
function targetRow(target: string | null, list: string): number | null {
  if (!target?.startsWith(`${list}.`)) return null;
  const index = Number(target.slice(list.length + 1).split(".")[0]);
  return Number.isInteger(index) ? index : null;
}
