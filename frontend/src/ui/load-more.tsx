import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  /** The list, as TanStack Query reads it page by page. */
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
}

/** The way to the next page of a list, while there is one. */
export function LoadMore({ list }: Props) {
  const { t } = useTranslation();
  if (!list.hasNextPage) return null;
  return (
    <Button
      variant="default"
      loading={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {t("action.load_more")}
    </Button>
  );
}
