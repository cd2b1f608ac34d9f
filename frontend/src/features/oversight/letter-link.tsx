import { Button, Stack } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Registration } from "@/api/types";
import { formatFileSize } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { saveBlob } from "@/lib/save-blob";
import { ProblemAlert } from "@/ui/problem-alert";

interface Props {
  registrationId: string;
  letter: NonNullable<Registration["commitment_letter"]>;
}

/** Downloads the letter with the reader's own right; a plain link would carry no token. */
export function LetterLink({ registrationId, letter }: Props) {
  const { t } = useTranslation(["oversight", "registration", "common"]);
  const fetchLetter = useMutation({
    mutationFn: async () => {
      const { data } = await api.GET(
        "/api/v1/oversight/registrations/{registration_id}/commitment-letter",
        { params: { path: { registration_id: registrationId } }, parseAs: "blob" },
      );
      if (data) saveBlob(data, letter.file_name);
    },
  });
  return (
    <Stack align="flex-start">
      <ProblemAlert error={fetchLetter.error} />
      <Button
        variant="default"
        leftSection={<IconFileText size={20} aria-hidden />}
        loading={fetchLetter.isPending}
        onClick={() => fetchLetter.mutate()}
      >
        {t("detail.open_letter", {
          name: letter.file_name,
          size: formatFileSize(letter.size, currentLanguage()),
        })}
      </Button>
    </Stack>
  );
}
