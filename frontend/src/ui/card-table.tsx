import { Table, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./card-table.module.css";

/** One column of a list. */
export interface Column<Row> {
  key: string;
  label: string;
  render: (row: Row) => ReactNode;
  /** The column that names the row: a row header for readers, the title of the card on phones. */
  isName?: boolean;
  /** Keeps the heading for readers only, for columns of buttons; these are not printed. */
  hideLabel?: boolean;
}

interface Props<Row> {
  /** What the table lists, for readers. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Keeps the headings in sight below the top bar while a long list scrolls. */
  sticky?: boolean;
}

/** A table that becomes a stack of cards on phones, each value with its heading. */
export function CardTable<Row>({ caption, columns, rows, rowKey, sticky }: Props<Row>) {
  return (
    <Table
      className={classes.table}
      verticalSpacing="sm"
      horizontalSpacing="md"
      stickyHeader={sticky}
      stickyHeaderOffset={64}
    >
      <Table.Caption className={classes.caption}>{caption}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th
              key={column.key}
              scope="col"
              className={column.hideLabel ? "sp-screen-only" : undefined}
            >
              {column.hideLabel ? <VisuallyHidden>{column.label}</VisuallyHidden> : column.label}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={rowKey(row)}>
            {columns.map((column) => {
              const Cell = column.isName ? Table.Th : Table.Td;
              return (
                <Cell
                  key={column.key}
                  scope={column.isName ? "row" : undefined}
                  className={column.hideLabel ? "sp-screen-only" : undefined}
                  data-label={column.hideLabel || column.isName ? undefined : column.label}
                >
                  {column.render(row)}
                </Cell>
              );
            })}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
