import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import classes from "./national.module.css";
import { nextSort, type Sort } from "./sort";

const route = getRouteApi("/kerja/pusat");

interface Props {
  /** Key of the column in the address. */
  id: string;
  label: string;
  /** What stands in its place on small screens. */
  short?: string;
  sort: Sort;
}

/** Heading of a column that sorts the table. */
export function SortHeading({ id, label, short, sort }: Props) {
  const { t } = useTranslation("national");
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const isSorted = sort.key === id;
  const direction = sort.descending ? "descending" : "ascending";
  const put = () =>
    navigate({
      search: { ...filters, urut: nextSort(sort, id) },
      replace: true,
      resetScroll: false,
    });
  return (
    <th scope="col" aria-sort={isSorted ? direction : undefined}>
      <button
        type="button"
        className={classes.sort}
        onClick={() => void put()}
        title={t("sort", { label })}
      >
        <span className={short ? classes.long : undefined}>{label}</span>
        {short ? (
          <span className={classes.short} aria-hidden="true">
            {short}
          </span>
        ) : null}
        {isSorted && !sort.descending ? <IconArrowUp size={16} aria-hidden /> : null}
        {isSorted && sort.descending ? <IconArrowDown size={16} aria-hidden /> : null}
      </button>
    </th>
  );
}
