import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api, query } from "@/api/client";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { queryClient } from "@/api/query-client";
import { rolesQuery } from "@/api/roles";
import type { Role } from "@/api/types";
import { type Versioned, versioned } from "@/api/versioned";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { RoleForm } from "./role-form";

const route = getRouteApi("/kerja/d/$code/peran/$roleId");

/** One role: a new one (`baru`), an own one to change, or a built-in one to read. */
export function RolePage() {
  const { t } = useTranslation(["members", "common"]);
  const { code, roleId } = route.useParams();
  const isNew = roleId === "baru";
  const manages = may(membershipOf(useMe(), code), PERMISSION.rolesManage);
  const permissions = query.useQuery("get", "/api/v1/permissions");
  const role = useQuery({
    queryKey: ["role", code, roleId],
    enabled: !isNew,
    // One reading for one form: a later one would hide somebody else's change.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => readRole(code, roleId),
  });

  const error = role.error ?? permissions.error;
  const ready = permissions.data && (isNew || role.data);
  const readOnly = !manages || (role.data?.value.built_in ?? false);
  const title = isNew
    ? t("editor.new")
    : readOnly
      ? (role.data?.value.name ?? t("roles.title"))
      : t("editor.edit");
  return (
    <Page title={title} lead={readOnly && role.data ? t("editor.built_in") : undefined}>
      <BackLink to="/d/$code/peran" params={{ code }}>
        {t("roles.back")}
      </BackLink>
      <ProblemAlert error={error} />
      {!ready && !error ? <PageSkeleton /> : null}
      {ready ? (
        <RoleForm
          // A role that was saved or taken from somebody else starts a new form.
          key={roleId}
          code={code}
          opened={role.data ?? null}
          permissions={permissions.data?.items ?? []}
          readOnly={readOnly}
        />
      ) : null}
    </Page>
  );
}

/** Built-in roles are known by key and stand only in the list; own ones have an id and a version. */
async function readRole(code: string, roleId: string): Promise<Versioned<Role>> {
  const roles = await queryClient.fetchQuery(rolesQuery(code));
  const builtIn = roles.find((role) => role.built_in && role.key === roleId);
  if (builtIn) return { value: builtIn, etag: null };
  return versioned(
    await api.GET("/api/v1/districts/{code}/roles/{role_id}", {
      params: { path: { code, role_id: roleId } },
    }),
  );
}
