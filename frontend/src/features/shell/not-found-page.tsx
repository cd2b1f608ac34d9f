import { Box, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/ui/links";
import { PageTitle, useDocumentTitle } from "@/ui/page";

/** For addresses that are nothing, and for things this person may not know of: the same words. */
export function NotFoundPage() {
  const { t } = useTranslation();
  const title = t("problem.not_found_title");
  useDocumentTitle(title);
  return (
    <Box maw="34rem" mx="auto" p="md" mt="xl">
      <PageTitle>{title}</PageTitle>
      <Text mt="sm" mb="lg">
        {t("problem.not_found_body")}
      </Text>
      <ButtonLink to="/">{t("problem.to_home")}</ButtonLink>
    </Box>
  );
}
