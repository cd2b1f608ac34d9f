import { Button, VisuallyHidden } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** Downloads the figures beside it as a table. */
export function DownloadButton({ onClick, what }: { onClick: () => void; what: string }) {
  const { t } = useTranslation("national");
  return (
    <Button
      variant="subtle"
      className="sp-screen-only"
      leftSection={<IconDownload size={20} aria-hidden />}
      onClick={onClick}
    >
      {t("download")}
      <VisuallyHidden>: {what}</VisuallyHidden>
    </Button>
  );
}
