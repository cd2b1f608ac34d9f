import { Alert, Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { rolesQuery } from "@/api/roles";
import type { Role } from "@/api/types";
import { ifMatch, versioned } from "@/api/versioned";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";

const route = getRouteApi("/kerja/d/$code/peran");

/** The roles of a district: built-in ones to read, own ones to change. */
export function RolesPage() {
  const { t } = useTranslation(["members", "common"]);
  const { code } = route.useParams();
  const client = useQueryClient();
  const manages = may(membershipOf(useMe(), code), PERMISSION.rolesManage);
  const roles = useQuery(rolesQuery(code));
  const [leaving, setLeaving] = useState<Role | null>(null);
  const remove = useMutation({
    mutationFn: async (role: Role) => {
      // Built-in roles have no id and no button that leads here.
      const path = { code, role_id: role.id ?? "" };
      const newest = versioned(
        await api.GET("/api/v1/districts/{code}/roles/{role_id}", { params: { path } }),
      );
      await api.DELETE("/api/v1/districts/{code}/roles/{role_id}", {
        params: { path, header: ifMatch(newest.etag) },
      });
    },
    onSuccess: () => {
      setLeaving(null);
      return client.invalidateQueries({ queryKey: ["roles", code] });
    },
  });

  return (
    <Page
      title={t("roles.title")}
      lead={t("roles.lead")}
      width="wide"
      action={
        manages ? (
          <ButtonLink to="/d/$code/peran/$roleId" params={{ code, roleId: "baru" }}>
            {t("roles.create")}
          </ButtonLink>
        ) : null
      }
    >
      <div role="status">
        {remove.isSuccess ? (
          <Alert color="laut">{t("roles.deleted", { name: remove.variables.name })}</Alert>
        ) : null}
      </div>
      <ProblemAlert error={roles.error} onRetry={() => roles.refetch()} />
      {roles.isPending ? <PageSkeleton /> : null}
      <Stack component="ul" p={0} m={0} gap="sm" style={{ listStyle: "none" }}>
        {roles.data?.map((role) => (
          <Paper key={role.key} component="li" withBorder p="md">
            <Group justify="space-between" gap="sm">
              <div>
                <Group gap="xs">
                  <Title order={2} fz="1.0625rem">
                    {role.name}
                  </Title>
                  <Badge variant={role.built_in ? "outline" : "light"}>
                    {t(role.built_in ? "roles.built_in" : "roles.own")}
                  </Badge>
                </Group>
                <Text c="dimmed">{t("roles.permissions", { count: role.permissions.length })}</Text>
              </div>
              <Group gap="xs">
                <ButtonLink
                  variant="default"
                  to="/d/$code/peran/$roleId"
                  params={{ code, roleId: role.id ?? role.key }}
                  aria-label={`${t(manages && !role.built_in ? "common:action.change" : "roles.show")}: ${role.name}`}
                >
                  {t(manages && !role.built_in ? "common:action.change" : "roles.show")}
                </ButtonLink>
                {manages && !role.built_in ? (
                  <Button
                    variant="subtle"
                    onClick={() => setLeaving(role)}
                    aria-label={t("roles.delete", { name: role.name })}
                  >
                    {t("common:action.remove")}
                  </Button>
                ) : null}
              </Group>
            </Group>
          </Paper>
        ))}
      </Stack>
      {leaving ? (
        <ConfirmDialog
          opened
          danger
          title={t("roles.delete_title", { name: leaving.name })}
          confirm={t("common:action.remove")}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(leaving)}
          onClose={() => {
            setLeaving(null);
            remove.reset();
          }}
        >
          {t("roles.delete_body")}
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}
