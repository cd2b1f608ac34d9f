import { Alert, Button, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ConnectionError, ProblemError } from "@/api/problem";

interface Props {
  /** What went wrong; nothing is shown for null or undefined. */
  error: unknown;
  /** Offered as "Coba lagi" when trying again can help. */
  onRetry?: () => void;
}

/** Says what went wrong as an instruction, read aloud at once. */
export function ProblemAlert({ error, onRetry }: Props) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  const offline = error instanceof ConnectionError;
  const problem = error instanceof ProblemError ? error.problem : null;
  const title = offline
    ? t("problem.connection_title")
    : (problem?.title ?? t("problem.unexpected_title"));
  const body = offline ? t("problem.connection_body") : (problem?.detail ?? null);
  return (
    <Alert
      role="alert"
      color={offline ? "kunyit" : "red"}
      variant="light"
      title={title}
      icon={offline ? <IconPlugConnectedX /> : <IconAlertTriangle />}
      styles={{ title: { fontSize: "1rem", color: "var(--mantine-color-black)" } }}
    >
      {body ? <Text>{body}</Text> : null}
      {!offline && !problem ? <Text>{t("problem.unexpected_body")}</Text> : null}
      {error instanceof ProblemError && error.retryAfter ? (
        <Text>{t("problem.retry_after", { count: error.retryAfter })}</Text>
      ) : null}
      {problem && problem.status >= 500 && problem.request_id ? (
        <Text size="sm">{t("problem.request_id", { id: problem.request_id })}</Text>
      ) : null}
      {onRetry ? (
        <Button variant="default" mt="sm" onClick={onRetry}>
          {t("action.retry")}
        </Button>
      ) : null}
    </Alert>
  );
}
