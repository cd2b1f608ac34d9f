import { Box, Stack, Title } from "@mantine/core";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ProblemError } from "@/api/problem";
import { ProblemAlert } from "@/ui/problem-alert";
import { NotFoundPage } from "./not-found-page";

/** Shown when a page could not be loaded: what happened, and a way to try again. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  if (error instanceof ProblemError && (error.status === 404 || error.status === 403)) {
    return <NotFoundPage />;
  }
  return (
    <Box maw="34rem" mx="auto" p="md" mt="xl">
      <Stack>
        <Title order={1}>{t("problem.page_title")}</Title>
        <ProblemAlert
          error={error}
          onRetry={() => {
            reset();
            void router.invalidate();
          }}
        />
      </Stack>
    </Box>
  );
}
