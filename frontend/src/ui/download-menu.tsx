import { Button, Menu, Text, VisuallyHidden } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fileName } from "@/lib/export/table";
import { saveBlob } from "@/lib/save-blob";
import { Dialog } from "./dialog";
import { ProblemAlert } from "./problem-alert";

const FORMATS = ["csv", "xlsx", "pdf"] as const;
type Format = (typeof FORMATS)[number];

/** What makes a file of each format that is offered. */
export type Writers = Partial<Record<Format, () => Promise<Blob>>>;

interface Props {
  /** What is handed out, for those who hear the button only. */
  what: string;
  /** How the file is called; the day and the ending are added. */
  name: string;
  writers: Writers;
  disabled?: boolean;
}

/** One button for the formats in which something can be taken along. Says when a file is made, ready, or failed. */
export function DownloadMenu({ what, name, writers, disabled = false }: Props) {
  const { t } = useTranslation("export");
  const making = useMutation({
    mutationFn: async (format: Format) => {
      const file = await writers[format]?.();
      if (file) saveBlob(file, fileName(name, format));
    },
  });
  const format = making.variables;
  const upper = format?.toUpperCase();
  return (
    <>
      <Dialog opened={making.isError} onClose={() => making.reset()} title={t("failed")}>
        <ProblemAlert error={making.error} onRetry={format && (() => making.mutate(format))} />
      </Dialog>
      <Menu
        position="bottom-end"
        width={280}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <Button
            variant="default"
            className="sp-screen-only"
            leftSection={<IconDownload size={20} aria-hidden />}
            rightSection={<IconChevronDown size={18} aria-hidden />}
            loading={making.isPending}
            disabled={disabled}
          >
            {t("button")}
            <VisuallyHidden>: {what}</VisuallyHidden>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMATS.filter((key) => writers[key]).map((key) => (
            <Menu.Item key={key} onClick={() => making.mutate(key)}>
              <Text fw={600}>{key.toUpperCase()}</Text>
              <Text size="sm" c="dimmed">
                {t(`format.${key}`)}
              </Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <VisuallyHidden role="status">
        {making.isPending ? t("making", { format: upper }) : null}
        {making.isSuccess ? t("ready", { format: upper }) : null}
      </VisuallyHidden>
    </>
  );
}
