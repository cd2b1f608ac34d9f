import { Button, Checkbox, Stack, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, idempotencyKey } from "@/api/client";
import type { Permission, Role } from "@/api/types";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";
import { currentLanguage } from "@/lib/i18n";
import { keyOf } from "@/lib/key-of";
import { ConflictDialog } from "@/ui/conflict-dialog";
import { conflictFields } from "@/ui/conflict-fields";
import { showFieldErrors } from "@/ui/form-errors";
import { LeaveGuard } from "@/ui/leave-guard";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { useVersionedSave } from "@/ui/use-versioned-save";

interface Props {
  code: string;
  /** The role as read when the page opened; null for a new one. */
  opened: Versioned<Role> | null;
  permissions: Permission[];
  readOnly: boolean;
}

interface RoleValues {
  name: string;
  permissions: string[];
}

/** A role is a name and a set of permissions. */
export function RoleForm({ code, opened: first, permissions, readOnly }: Props) {
  const { t } = useTranslation(["members", "common"]);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(first);
  const [key] = useState(idempotencyKey);
  const form = useForm<RoleValues>({
    initialValues: {
      name: first?.value.name ?? "",
      permissions: first?.value.permissions ?? [],
    },
    validate: {
      name: isNotEmpty(t("common:form.required")),
      permissions: (chosen) => (chosen.length > 0 ? null : t("editor.none")),
    },
  });
  const path = { code, role_id: opened?.value.id ?? "" };
  const saving = useVersionedSave<Role, RoleValues>({
    opened: opened ?? { value: EMPTY_ROLE, etag: null },
    load: async () =>
      versioned(await api.GET("/api/v1/districts/{code}/roles/{role_id}", { params: { path } })),
    save: async (body, etag) =>
      versioned(
        opened
          ? await api.PATCH("/api/v1/districts/{code}/roles/{role_id}", {
              params: { path, header: ifMatch(etag) },
              body,
            })
          : await api.POST("/api/v1/districts/{code}/roles", {
              params: { path: { code } },
              headers: { "Idempotency-Key": key },
              body: { ...body, key: keyOf(body.name) },
            }),
      ),
    onStored: (stored, how) => {
      void client.invalidateQueries({ queryKey: ["roles", code] });
      if (how === "taken") {
        setOpened(stored);
        const { name, permissions } = stored.value;
        form.setValues({ name, permissions });
        form.resetDirty({ name, permissions });
      } else {
        void navigate({ to: "/d/$code/peran", params: { code }, ignoreBlocker: true });
      }
    },
    onError: (error) => showFieldErrors(form, error),
  });

  return (
    <Section>
      <LeaveGuard holds={form.isDirty()} />
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          saving.save({ name: values.name.trim(), permissions: values.permissions }),
        )}
      >
        <Stack gap="lg">
          <ProblemAlert error={saving.error} />
          <TextInput
            label={t("editor.name")}
            description={readOnly ? undefined : t("editor.name_hint")}
            maw="26rem"
            readOnly={readOnly}
            {...form.getInputProps("name")}
          />
          <Checkbox.Group
            label={t("editor.permissions")}
            description={readOnly ? undefined : t("editor.permissions_hint")}
            readOnly={readOnly}
            {...form.getInputProps("permissions")}
          >
            <Stack gap={0} mt="xs">
              {permissions.map((permission) => (
                <Checkbox
                  key={permission.key}
                  value={permission.key}
                  label={describe(permission)}
                  disabled={readOnly}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          {readOnly ? null : (
            <Button type="submit" loading={saving.isSaving} style={{ alignSelf: "flex-start" }}>
              {t("editor.submit")}
            </Button>
          )}
        </Stack>
      </form>
      {saving.conflict ? (
        <ConflictDialog
          saving={saving}
          fields={conflictFields(
            asText(saving.conflict.mine, permissions),
            asText(saving.conflict.theirs.value, permissions),
            { name: t("editor.name"), permissions: t("editor.permissions") },
          )}
        />
      ) : null}
    </Section>
  );
}

const EMPTY_ROLE: Role = { id: "", key: "", name: "", permissions: [], built_in: false };

function describe(permission: Permission): string {
  return currentLanguage() === "en" ? permission.description_en : permission.description_id;
}

/** Permissions as sentences in the catalogue's order, for comparing two versions by eye. */
function asText(role: RoleValues, permissions: Permission[]): RoleValues {
  const chosen = permissions.filter((p) => role.permissions.includes(p.key)).map(describe);
  return { name: role.name, permissions: chosen };
}
