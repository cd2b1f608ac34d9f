import { Button, FileButton, Group, Input, Stack, Text } from "@mantine/core";
import { IconFileText, IconUpload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { formatDate, formatFileSize } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { saveBlob } from "@/lib/save-blob";
import { ProblemAlert } from "../problem-alert";
import { fieldProps } from "./field";
import type { FieldOf, Lens } from "./lens";

/** Kinds of file the service takes; it looks into the content, this only sorts the file chooser. */
export const ACCEPTED_FILES =
  "application/pdf,image/jpeg,image/png,.docx,.xlsx,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Sends a file to the district's store and gives its id. */
export async function uploadFile(code: string, file: File): Promise<string> {
  const { data } = await api.POST("/api/v1/districts/{code}/files", {
    params: { path: { code } },
    // The document's type of a binary is text; the form below carries the file itself.
    body: { file: file.name },
    bodySerializer: () => {
      const form = new FormData();
      form.append("file", file);
      return form;
    },
  });
  if (!data) throw new Error("an uploaded file has a description");
  return data.id;
}

/** A stored file: name, size, day, and a button that downloads it with the reader's own right. */
export function StoredFile({ code, id }: { code: string; id: string }) {
  const { t } = useTranslation("setup");
  const file = useQuery({
    queryKey: ["file", code, id],
    // A file never changes under its id.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const params = { path: { code, file_id: id } };
      const { data } = await api.GET("/api/v1/districts/{code}/files/{file_id}", {
        params,
        signal,
      });
      return data ?? null;
    },
  });
  const fetchFile = useMutation({
    mutationFn: async () => {
      const { data } = await api.GET("/api/v1/districts/{code}/files/{file_id}/content", {
        params: { path: { code, file_id: id } },
        parseAs: "blob",
      });
      if (data) saveBlob(data, file.data?.file_name ?? "berkas");
    },
  });
  if (file.error) return <ProblemAlert error={file.error} onRetry={() => file.refetch()} />;
  if (fetchFile.error) {
    return <ProblemAlert error={fetchFile.error} onRetry={() => fetchFile.mutate()} />;
  }
  return (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<IconFileText size={20} aria-hidden />}
        loading={fetchFile.isPending}
        disabled={!file.data}
        onClick={() => fetchFile.mutate()}
      >
        {file.data ? t("file.download", { name: file.data.file_name }) : t("file.loading")}
      </Button>
      {file.data ? (
        <Text c="dimmed">
          {t("file.about", {
            size: formatFileSize(file.data.size, currentLanguage()),
            day: formatDate(file.data.created_at, currentLanguage()),
          })}
        </Text>
      ) : null}
    </Group>
  );
}

interface Props<T extends object> {
  lens: Lens<T>;
  name: FieldOf<T, string | null>;
}

/** A file that belongs to a field: upload, download, replace, take away. */
export function FileField<T extends object>({ lens, name }: Props<T>) {
  const { t } = useTranslation("setup");
  const { id, label, description, error, readOnly } = fieldProps(lens, name);
  const value = lens.value[name] as string | null;
  const put = (fileId: string | null) => lens.set(name, fileId as T[typeof name]);
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(lens.form.code, file),
    onSuccess: put,
  });
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      description={description ?? t("file.hint")}
      error={error}
    >
      <Stack gap="xs" mt={6} align="flex-start">
        {value ? <StoredFile code={lens.form.code} id={value} /> : null}
        <ProblemAlert error={upload.error} />
        {readOnly ? null : (
          <Group gap="xs">
            <FileButton
              accept={ACCEPTED_FILES}
              onChange={(file) => (file ? upload.mutate(file) : undefined)}
            >
              {(props) => (
                <Button
                  {...props}
                  id={id}
                  variant="default"
                  loading={upload.isPending}
                  leftSection={<IconUpload size={20} aria-hidden />}
                  aria-label={t(value ? "file.replace_of" : "file.upload_of", { label })}
                >
                  {t(value ? "file.replace" : "file.upload")}
                </Button>
              )}
            </FileButton>
            {value ? (
              <Button
                variant="subtle"
                aria-label={t("file.detach_of", { label })}
                onClick={() => {
                  put(null);
                  // This button goes with the file.
                  document.getElementById(id)?.focus();
                }}
              >
                {t("file.detach")}
              </Button>
            ) : null}
          </Group>
        )}
        <Text role="status" c="dimmed">
          {upload.isPending ? t("file.sending") : null}
        </Text>
      </Stack>
    </Input.Wrapper>
  );
}
