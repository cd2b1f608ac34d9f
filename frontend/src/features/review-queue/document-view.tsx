import { Button, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { formatFileSize } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { saveBlob } from "@/lib/save-blob";
import { PageSkeleton } from "@/ui/loading";
import { ProblemAlert } from "@/ui/problem-alert";
import classes from "./review-queue.module.css";

const PdfPages = lazy(() => import("./pdf-pages"));

interface Props {
  code: string;
  fileId: string;
}

/** A document in the page: PDF and pictures are shown, other kinds are downloaded. It comes with the reader's own right. */
export function DocumentView({ code, fileId }: Props) {
  const { t } = useTranslation("review_queue");
  const path = { code, file_id: fileId };
  const about = useQuery({
    queryKey: ["file", code, fileId],
    // A file never changes under its id.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/files/{file_id}", {
        params: { path },
        signal,
      });
      return data ?? null;
    },
  });
  const content = useQuery({
    queryKey: ["file-content", code, fileId],
    staleTime: Number.POSITIVE_INFINITY,
    // Documents are large: what is off the screen is let go soon.
    gcTime: 60_000,
    queryFn: async ({ signal }): Promise<Blob> => {
      const { data } = await api.GET("/api/v1/districts/{code}/files/{file_id}/content", {
        params: { path },
        parseAs: "blob",
        signal,
      });
      if (!data) throw new Error("a file has content");
      return data;
    },
  });
  const [isUnreadable, setUnreadable] = useState(false);
  const error = about.error ?? content.error;
  if (error) {
    return (
      <ProblemAlert
        error={error}
        onRetry={() => {
          void about.refetch();
          void content.refetch();
        }}
      />
    );
  }
  if (!about.data || !content.data) return <PageSkeleton />;
  const { file_name, media_type, size } = about.data;
  const blob = content.data;
  const shown = isUnreadable ? "none" : kindOf(media_type);
  return (
    <Stack gap="sm">
      {shown === "pdf" ? (
        <Suspense fallback={<PageSkeleton />}>
          <PdfPages blob={blob} name={file_name} onUnreadable={() => setUnreadable(true)} />
        </Suspense>
      ) : null}
      {shown === "picture" ? <Picture blob={blob} name={file_name} /> : null}
      {shown === "none" ? (
        <Text>{t(isUnreadable ? "document.unreadable" : "document.not_shown")}</Text>
      ) : null}
      <Button
        variant={shown === "none" ? "filled" : "default"}
        leftSection={<IconDownload size={20} aria-hidden />}
        onClick={() => saveBlob(blob, file_name)}
        style={{ alignSelf: "flex-start", maxWidth: "100%" }}
      >
        {t("document.download", { size: formatFileSize(size, currentLanguage()) })}
      </Button>
      <Text c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {file_name}
      </Text>
    </Stack>
  );
}

function kindOf(mediaType: string): "pdf" | "picture" | "none" {
  if (mediaType === "application/pdf") return "pdf";
  return mediaType.startsWith("image/") ? "picture" : "none";
}

function Picture({ blob, name }: { blob: Blob; name: string }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  if (!address) return null;
  return (
    <div className={classes.document}>
      <img src={address} alt={name} className={classes.sheet} />
    </div>
  );
}
