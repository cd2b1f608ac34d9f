import { Box, Stack } from "@mantine/core";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ProblemError } from "@/api/problem";
import { PageTitle } from "@/ui/page";
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
        <PageTitle>{t("problem.page_title")}</PageTitle>
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
