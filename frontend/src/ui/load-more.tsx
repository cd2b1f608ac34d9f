import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { DoneLine } from "./done-line";

interface Page {
  items: readonly unknown[];
}

interface Props {
  /** The list, as TanStack Query reads it page by page. */
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<{
      isError: boolean;
      data?: { pages: readonly (Page | undefined)[] } | undefined;
    }>;
  };
}

/** The way to the next page of a list, while there is one. Says how many rows came and goes on at the first of them. */
export function LoadMore({ list }: Props) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState<string | null>(null);
  if (!list.hasNextPage && said === null) return null;

  async function load() {
    const last = pressableBefore(place.current).at(-1);
    setSaid(null);
    const { data, isError } = await list.fetchNextPage();
    const count = data?.pages.at(-1)?.items.length;
    if (isError || !count) return;
    setSaid(t("action.loaded_more", { count }));
    // Once the rows are drawn.
    requestAnimationFrame(() => {
      const now = pressableBefore(place.current);
      const known = last ? now.indexOf(last) : -1;
      if (known >= 0) now[known + 1]?.focus();
    });
  }

  return (
    <div ref={place}>
      <DoneLine>{said}</DoneLine>
      {list.hasNextPage ? (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void load()}>
          {t("action.load_more")}
        </Button>
      ) : null}
    </div>
  );
}

/** Links and buttons that come before a place, in order. */
function pressableBefore(place: HTMLElement | null): HTMLElement[] {
  const all = (place?.parentElement ?? document).querySelectorAll<HTMLElement>("a[href], button");
  return [...all].filter(
    (one) => place && place.compareDocumentPosition(one) === Node.DOCUMENT_POSITION_PRECEDING,
  );
}
