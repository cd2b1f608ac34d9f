import { Button, FileInput, Group, Stack, Text } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { formatFileSize } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { ProblemAlert } from "@/ui/problem-alert";
import { type Ticket, ticketHeader } from "./ticket";

/** As the service's own limit; refused here already, to spare a slow upload. */
const MAX_BYTES = 10 * 1024 * 1024;
const TYPES = ["application/pdf", "image/jpeg", "image/png"];

interface Props {
  ticket: Ticket;
  onUploaded: () => void;
  /** Offered where the letter can wait. */
  onLater?: () => void;
}

/** Upload of the head of agency's letter. */
export function LetterForm({ ticket, onUploaded, onLater }: Props) {
  const { t } = useTranslation(["registration", "common"]);
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState(false);
  const upload = useMutation({
    mutationFn: (file: File) =>
      api.PUT("/api/v1/registrations/{registration_id}/commitment-letter", {
        params: { path: { registration_id: ticket.id } },
        headers: ticketHeader(ticket),
        // The generated type says text for a binary part; the form carries the file itself.
        body: { file: file.name },
        bodySerializer: () => {
          const form = new FormData();
          form.append("file", file);
          return form;
        },
      }),
    onSuccess: onUploaded,
  });

  const size = file ? formatFileSize(file.size, currentLanguage()) : "";
  const wrong = file
    ? file.size > MAX_BYTES
      ? t("letter.too_large", { size })
      : !TYPES.includes(file.type)
        ? t("letter.wrong_type")
        : null
    : missing
      ? t("common:form.required")
      : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(!file);
    if (file && !wrong) upload.mutate(file);
  }

  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <Text>{t("letter.body")}</Text>
        <ProblemAlert error={upload.error} />
        <FileInput
          label={t("letter.label")}
          description={t("letter.hint")}
          placeholder={t("letter.choose")}
          accept={TYPES.join(",")}
          leftSection={<IconPaperclip size={20} aria-hidden />}
          clearable
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            upload.reset();
          }}
          error={wrong}
        />
        <Text role="status">{upload.isPending ? t("letter.uploading") : ""}</Text>
        <Group>
          <Button type="submit" loading={upload.isPending}>
            {t("letter.upload")}
          </Button>
          {onLater ? (
            <Button variant="default" onClick={onLater}>
              {t("letter.later")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}
