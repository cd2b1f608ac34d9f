import { Skeleton, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Grey shapes where the page will stand, so nothing jumps when it comes. */
export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack aria-busy="true" maw="46rem">
      <VisuallyHidden>
        <Text role="status">{t("loading")}</Text>
      </VisuallyHidden>
      <Skeleton h={36} w="60%" />
      <Skeleton h={20} w="85%" />
      <Skeleton h={160} mt="md" />
      <Skeleton h={160} />
    </Stack>
  );
}
